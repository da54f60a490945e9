Feature: Salesforce, leads and accounts that come along

  A lead is a contact that is pushed as one. An account that a contact brings along is a part of the contact's push.

  Background:
    Given Dana has linked her Salesforce login
    And team sync is connected to Salesforce as the integration user
    And colleagues have linked their Salesforce logins, the most permitted first

  @trace-27 @R07
  Scenario Outline: A lead <source> goes through Dana's own login, and no assignment rule takes it away
    Given Dana has saved a lead <source>
    When Dana pushes the lead to Salesforce <mode>
    Then Salesforce records Dana as Owner
    And Salesforce records Dana as Created By

    Examples:
      | source                      | mode       |
      | by hand                     | on its own |
      | by hand                     | in bulk    |
      | from a CSV upload           | on its own |
      | from a CSV upload           | in bulk    |
      | from the extension in Gmail | on its own |
      | from the extension in Gmail | in bulk    |

  @R07
  Scenario Outline: A lead <source> goes through team sync, and Dana owns it all the same
    Given Dana has saved a lead <source>
    When Dana pushes the lead to Salesforce <mode>
    Then Salesforce records Dana as Owner
    And Salesforce records the integration user as Created By

    Examples:
      | source                         | mode       |
      | from the extension in LinkedIn | on its own |
      | from the extension in LinkedIn | in bulk    |
      | from prospecting               | on its own |
      | from prospecting               | in bulk    |
      | from job change enrichment     | on its own |
      | from job change enrichment     | in bulk    |

  @trace-17 @R08
  Scenario Outline: An account that came along with a contact <source> is as the contact
    Given Dana has saved a contact of a new account <source>
    When Dana pushes the contact to Salesforce <mode>
    Then Salesforce records Dana as Owner of the account
    And Salesforce records <creator> as Created By of the account
    And Salesforce records Dana as Owner of the contact
    And Salesforce records <creator> as Created By of the contact

    Examples:
      | source                         | mode       | creator              |
      | by hand                        | on its own | Dana                 |
      | from a CSV upload              | in bulk    | Dana                 |
      | from the extension in LinkedIn | on its own | the integration user |
      | from prospecting               | in bulk    | the integration user |

  @trace-27 @U1 @U2
  Scenario Outline: An update of a lead <source> does not wake the assignment rule, pushed <mode>
    Given Dana has saved a lead <source>
    And Dana has pushed the lead to Salesforce on its own
    When Dana updates the lead and pushes it to Salesforce <mode>
    Then Salesforce records Dana as Owner
    And Salesforce records <creator> as Created By

    Examples:
      | source           | mode       | creator              |
      | by hand          | on its own | Dana                 |
      | by hand          | in bulk    | Dana                 |
      | from prospecting | in bulk    | the integration user |

  @R08
  Scenario Outline: An account that came along with an unlinked user's contact goes where the contact goes, pushed <mode>
    Given Lee has never linked a Salesforce login
    And Lee has saved a contact of a new account from prospecting
    When Lee pushes the contact to Salesforce <mode>
    Then Salesforce records the integration user as Owner of the account
    And Salesforce records the integration user or the most permitted user as Created By of the account

    Examples:
      | mode       |
      | on its own |
      | in bulk    |
