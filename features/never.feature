Feature: What no reading allows

  These hold in every scenario. Here each has one of its own, in which it could well be broken.

  @N1
  Scenario Outline: Everybody is linked, and only those who may be are Owner or Created By: <kind>, <crm>, <mode>
    Given Dana has linked her <crm> login
    And Lee has linked his <crm> login
    And team sync is connected to <crm> as the integration user
    And colleagues have linked their <crm> logins, the least permitted first
    And Dana has saved a <kind> from prospecting
    When Dana pushes the <kind> to <crm> <mode>
    Then nobody but the pusher, team sync and the most permitted is Owner or Created By

    Examples:
      | kind    | crm        | mode       |
      | lead    | Salesforce | on its own |
      | contact | Salesforce | in bulk    |
      | account | HubSpot    | in bulk    |

  @N2 @trace-6
  Scenario Outline: <crm> is too busy at first, and what is reported is so
    Given Dana has linked her <crm> login
    And team sync is connected to <crm> as the integration user
    And Dana has saved a contact by hand
    And <crm> is too busy for the next write
    When Dana pushes the contact to <crm> on its own
    Then what was reported is so

    Examples:
      | crm        |
      | Salesforce |
      | HubSpot    |

  @N3 @trace-5
  Scenario Outline: The answer of <crm> gets lost, and there is one record all the same
    Given Dana has linked her <crm> login
    And team sync is connected to <crm> as the integration user
    And Dana has saved a contact by hand
    And the answer to the next write in <crm> gets lost
    When Dana pushes the contact to <crm> <mode>
    Then each push has made one record

    Examples:
      | crm        | mode       |
      | Salesforce | on its own |
      | Salesforce | in bulk    |
      | HubSpot    | on its own |
      | HubSpot    | in bulk    |

  @N4
  Scenario: Somebody else updates the record, and Created By stays
    Given Dana has linked her Salesforce login
    And Lee has linked his Salesforce login
    And team sync is connected to Salesforce as the integration user
    And Dana has saved a contact by hand
    And Dana has pushed the contact to Salesforce on its own
    When Lee updates the contact and pushes it to Salesforce on its own
    Then Created By has not changed

  @N5
  Scenario: Somebody else pushes the record, and Apollo's owner stays
    Given Dana has linked her Salesforce login
    And team sync is connected to Salesforce as the integration user
    And Lee has saved a contact by hand
    When Dana pushes the contact to Salesforce on its own
    Then the push has left Apollo's owner alone

  @N6
  Scenario Outline: Dana's login has been revoked, and no colleague's writes for her, <rank> permitted first
    Given Dana's Salesforce login has been revoked
    And Lee has linked his Salesforce login
    And colleagues have linked their Salesforce logins, the <rank> permitted first
    And team sync is connected to Salesforce as the integration user
    And Dana has saved a contact by hand
    And Lee has saved an account by hand
    And Lee has pushed the account to Salesforce on its own
    When Dana pushes the contact to Salesforce on its own
    Then no other credential has written

    Examples:
      | rank  |
      | least |
      | most  |

  @N7
  Scenario: An assignment rule waits for leads, and no built-in user gets one
    Given Dana has never linked a Salesforce login
    And team sync is connected to Salesforce as the integration user
    And Dana has saved a lead by hand
    When Dana pushes the lead to Salesforce in bulk
    Then no built-in user is Owner or Created By

  @N8
  Scenario Outline: In HubSpot a user id is no owner id, and each is sent where it belongs, <mode>
    Given Lee has linked his HubSpot login
    And team sync is connected to HubSpot as the integration user
    And colleagues have linked their HubSpot logins, the least permitted first
    And Lee has saved a contact by hand
    When Lee pushes the contact to HubSpot <mode>
    Then every owner id that was sent is an owner's

    Examples:
      | mode       |
      | on its own |
      | in bulk    |

  @N8
  Scenario Outline: Linked in both CRMs, each hears of the owner that it knows: <crm>
    Given Dana has linked her Salesforce login
    And Dana has linked her HubSpot login
    And team sync is connected to <crm> as the integration user
    And Dana has saved an account by hand
    When Dana pushes the account to <crm> on its own
    Then every owner id that was sent is an owner's

    Examples:
      | crm        |
      | Salesforce |
      | HubSpot    |
