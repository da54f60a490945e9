Feature: Salesforce, activities

  E-mails, tasks and calls are logged with the login of whoever did them. How their contact came into Apollo is no matter.

  @T1
  Scenario Outline: A linked person's <activity> is that person's
    Given Dana has linked her Salesforce login
    And team sync is connected to Salesforce as the integration user
    And colleagues have linked their Salesforce logins, the least permitted first
    And Dana has saved a contact by hand
    And Dana has pushed the contact to Salesforce on its own
    When Dana logs an <activity> about the contact in Salesforce
    Then Salesforce records Dana as Owner
    And Salesforce records Dana as Created By

    Examples:
      | activity |
      | e-mail   |
      | task     |
      | call     |

  @T1
  Scenario Outline: Without team sync, too, a linked person's <activity> is that person's
    Given Dana has linked her Salesforce login
    And team sync is not connected to Salesforce
    And colleagues have linked their Salesforce logins, the most permitted first
    And Dana has saved a contact by hand
    And Dana has pushed the contact to Salesforce on its own
    When Dana logs an <activity> about the contact in Salesforce
    Then Salesforce records Dana as Owner
    And Salesforce records Dana as Created By

    Examples:
      | activity |
      | e-mail   |
      | task     |
      | call     |

  @T1 @T2
  Scenario Outline: A contact's source is not its <activity>'s: <source>
    Given Dana has linked her Salesforce login
    And team sync is connected to Salesforce as the integration user
    And Dana has saved a contact <source>
    And Dana has pushed the contact to Salesforce on its own
    When Dana logs an <activity> about the contact in Salesforce
    Then Salesforce records Dana as Owner
    And Salesforce records Dana as Created By

    Examples:
      | activity | source                         |
      | e-mail   | from the extension in LinkedIn |
      | task     | from prospecting               |
      | call     | from job change enrichment     |

  @T3
  Scenario Outline: An unlinked person's <activity> is team sync's
    Given Dana has never linked a Salesforce login
    And team sync is connected to Salesforce as the integration user
    And colleagues have linked their Salesforce logins, the least permitted first
    And Dana has saved a contact by hand
    And Dana has pushed the contact to Salesforce on its own
    When Dana logs an <activity> about the contact in Salesforce
    Then Salesforce records the integration user as Owner
    And Salesforce records the integration user as Created By

    Examples:
      | activity |
      | e-mail   |
      | task     |
      | call     |

  @T4
  Scenario Outline: Without team sync an unlinked person's <activity> is the most permitted user's
    Given Dana has never linked a Salesforce login
    And team sync is not connected to Salesforce
    And colleagues have linked their Salesforce logins, the <rank> permitted first
    And Dana has saved a contact by hand
    And Dana has pushed the contact to Salesforce on its own
    When Dana logs an <activity> about the contact in Salesforce
    Then Salesforce records the most permitted user as Owner
    And Salesforce records the most permitted user as Created By

    Examples:
      | activity | rank  |
      | e-mail   | least |
      | task     | most  |
      | call     | least |

  @T5
  Scenario Outline: Who did it counts, not who owns the contact: <activity>
    Given Dana has linked her Salesforce login
    And Lee has linked his Salesforce login
    And team sync is connected to Salesforce as the integration user
    And Lee has saved a contact by hand
    And Lee has pushed the contact to Salesforce on its own
    When Dana logs an <activity> about the contact in Salesforce
    Then Salesforce records Dana as Owner
    And Salesforce records Dana as Created By

    Examples:
      | activity |
      | e-mail   |
      | task     |
      | call     |

  @T6
  Scenario Outline: The login has been revoked since: <activity>
    Given Dana has linked her Salesforce login
    And team sync is connected to Salesforce as the integration user
    And colleagues have linked their Salesforce logins, the least permitted first
    And Dana has saved a contact by hand
    And Dana has pushed the contact to Salesforce on its own
    And Dana's Salesforce login has been revoked
    When Dana logs an <activity> about the contact in Salesforce
    Then Salesforce records the integration user or Dana as Owner, unless the push is refused
    And Salesforce records the integration user or the most permitted user as Created By, unless the push is refused

    Examples:
      | activity |
      | e-mail   |
      | call     |

  @T6
  Scenario: The user has been deactivated since
    Given Dana has linked her Salesforce login
    And team sync is connected to Salesforce as the integration user
    And colleagues have linked their Salesforce logins, the least permitted first
    And Dana has saved a contact by hand
    And Dana has pushed the contact to Salesforce on its own
    And Dana's Salesforce login belongs to a deactivated user
    When Dana logs a task about the contact in Salesforce
    Then Salesforce records the integration user as Owner, unless the push is refused
    And Salesforce records the integration user or the most permitted user as Created By, unless the push is refused

  @R20
  Scenario: A dead access token is refreshed for an activity, too
    Given Dana has linked her Salesforce login
    And team sync is connected to Salesforce as the integration user
    And Dana has saved a contact by hand
    And Dana has pushed the contact to Salesforce on its own
    And Dana's Salesforce login needs a refresh
    When Dana logs a call about the contact in Salesforce
    Then Salesforce records Dana as Owner
    And Salesforce records Dana as Created By

  @T7
  Scenario: An automatic e-mail is the mailbox owner's or team sync's
    Given Dana has linked her Salesforce login
    And team sync is connected to Salesforce as the integration user
    And Dana has saved a contact by hand
    And Dana has pushed the contact to Salesforce on its own
    When a sequence sends an e-mail to the contact and logs it in Salesforce
    Then Salesforce records Dana or the integration user as Owner
    And Salesforce records Dana or the integration user as Created By

  @T8
  Scenario Outline: A <activity> goes as e-mails, tasks and calls do
    Given Dana has linked her Salesforce login
    And team sync is connected to Salesforce as the integration user
    And Dana has saved a contact by hand
    And Dana has pushed the contact to Salesforce on its own
    When Dana logs a <activity> about the contact in Salesforce
    Then Salesforce records Dana as Owner
    And Salesforce records Dana as Created By

    Examples:
      | activity |
      | note     |
      | meeting  |
