Feature: Finding the right owner

  A linked login says who its user is. Lists, names and addresses only seem to.

  @trace-20 @H1
  Scenario Outline: Dana is not on the first page of HubSpot's owners, pushed <mode>
    Given HubSpot has 120 more users
    And Dana has linked her HubSpot login
    And team sync is connected to HubSpot as the integration user
    And Dana has saved a contact by hand
    When Dana pushes the contact to HubSpot <mode>
    Then HubSpot records Dana as Owner
    And HubSpot records Dana as Created By

    Examples:
      | mode       |
      | on its own |
      | in bulk    |

  @trace-21 @R01
  Scenario Outline: Somebody who has left Salesforce had Dana's e-mail address, pushed <mode>
    Given Salesforce has another user with Dana's e-mail address, who is deactivated
    And Dana has linked her Salesforce login
    And team sync is connected to Salesforce as the integration user
    And Dana has saved a contact by hand
    When Dana pushes the contact to Salesforce <mode>
    Then Salesforce records Dana as Owner
    And Salesforce records Dana as Created By

    Examples:
      | mode       |
      | on its own |
      | in bulk    |

  @trace-22 @<row>
  Scenario Outline: Apollo writes Dana's e-mail address <otherwise>, and <crm> does not
    Given Apollo writes Dana's e-mail address <otherwise>
    And Dana has linked her <crm> login
    And team sync is connected to <crm> as the integration user
    And Dana has saved a contact by hand
    When Dana pushes the contact to <crm> on its own
    Then <crm> records Dana as Owner
    And <crm> records Dana as Created By

    Examples:
      | crm        | otherwise       | row |
      | Salesforce | in capitals     | R01 |
      | Salesforce | with a plus tag | R01 |
      | HubSpot    | in capitals     | H1  |
      | HubSpot    | with a plus tag | H1  |

  @trace-22 @N1
  Scenario Outline: Nobody in <crm> has Dana's address as Apollo writes it, and nobody else gets her contact
    Given Apollo writes Dana's e-mail address with a plus tag
    And <crm> has 2 more users
    And Dana has linked her <crm> login
    And team sync is connected to <crm> as the integration user
    And Dana has saved a contact by hand
    When Dana pushes the contact to <crm> on its own
    Then nobody but the pusher, team sync and the most permitted is Owner or Created By

    Examples:
      | crm        |
      | Salesforce |
      | HubSpot    |

  @trace-23 @N8
  Scenario Outline: A queue of <crm> is called as Dana is, and gets nothing of hers
    Given <crm> has a queue by Dana's name
    And Dana has linked her <crm> login
    And team sync is connected to <crm> as the integration user
    And Dana has saved a contact by hand
    When Dana pushes the contact to <crm> on its own
    Then every owner id that was sent is an owner's

    Examples:
      | crm        |
      | Salesforce |
      | HubSpot    |

  @trace-25 @R01 @N1
  Scenario Outline: Somebody's id is Dana's but for capitals, pushed <mode>
    Given Salesforce has a user whose id is Dana's but for capitals
    And Dana has linked her Salesforce login
    And team sync is connected to Salesforce as the integration user
    And Dana has saved a contact by hand
    When Dana pushes the contact to Salesforce <mode>
    Then Salesforce records Dana as Owner
    And Salesforce records Dana as Created By
    And nobody but the pusher, team sync and the most permitted is Owner or Created By

    Examples:
      | mode       |
      | on its own |
      | in bulk    |
