Feature: HubSpot

  Linked, a person owns and creates what that person pushes. HubSpot leaves an owner empty unless it is sent, and has no
  creator per user of its own: Created By is here the user of the token, as the mock's ledger keeps it.

  Rule: With a personal login

    @H1
    Scenario Outline: A <kind> <source>, pushed <mode>
      Given Dana has linked her HubSpot login
      And team sync is connected to HubSpot as the integration user
      And colleagues have linked their HubSpot logins, the <rank> permitted first
      And Dana has saved a <kind> <source>
      When Dana pushes the <kind> to HubSpot <mode>
      Then HubSpot records Dana as Owner
      And HubSpot records Dana as Created By

      Examples:
        | rank  | kind    | source                      | mode       |
        | least | contact | by hand                     | on its own |
        | most  | contact | by hand                     | in bulk    |
        | least | contact | from a CSV upload           | on its own |
        | most  | contact | from a CSV upload           | in bulk    |
        | least | contact | from the extension in Gmail | on its own |
        | most  | contact | from the extension in Gmail | in bulk    |
        | least | account | by hand                     | on its own |
        | most  | account | from a CSV upload           | in bulk    |

    @H1
    Scenario Outline: Without team sync nothing changes for a linked person, pushed <mode>
      Given Dana has linked her HubSpot login
      And team sync is not connected to HubSpot
      And colleagues have linked their HubSpot logins, the least permitted first
      And Dana has saved a contact by hand
      When Dana pushes the contact to HubSpot <mode>
      Then HubSpot records Dana as Owner
      And HubSpot records Dana as Created By

      Examples:
        | mode       |
        | on its own |
        | in bulk    |

    @H2
    Scenario Outline: The table may not be meant for HubSpot: a <kind> <source>, <mode>
      Given Dana has linked her HubSpot login
      And team sync is connected to HubSpot as the integration user
      And colleagues have linked their HubSpot logins, the least permitted first
      And Dana has saved a <kind> <source>
      When Dana pushes the <kind> to HubSpot <mode>
      Then HubSpot records Dana as Owner
      And HubSpot records Dana or the integration user as Created By

      Examples:
        | kind    | source                         | mode       |
        | contact | from the extension in LinkedIn | on its own |
        | contact | from the extension in LinkedIn | in bulk    |
        | contact | from prospecting               | on its own |
        | contact | from prospecting               | in bulk    |
        | contact | from a job change trigger      | on its own |
        | account | from prospecting               | in bulk    |

  Rule: Without a personal login

    @H3
    Scenario Outline: Team sync creates it, and Dana does not own it: a <kind> <source>, <mode>
      Given Dana has never linked a HubSpot login
      And team sync is connected to HubSpot as the integration user
      And colleagues have linked their HubSpot logins, the <rank> permitted first
      And Dana has saved a <kind> <source>
      When Dana pushes the <kind> to HubSpot <mode>
      Then HubSpot records the integration user or the most permitted user or nobody as Owner
      And HubSpot records the integration user or the most permitted user as Created By

      Examples:
        | rank  | kind    | source                         | mode       |
        | least | contact | by hand                        | on its own |
        | most  | contact | by hand                        | in bulk    |
        | least | contact | from a CSV upload              | in bulk    |
        | most  | contact | from the extension in LinkedIn | on its own |
        | least | contact | from prospecting               | in bulk    |
        | most  | account | by hand                        | on its own |
        | least | account | from prospecting               | in bulk    |

    @H4
    Scenario Outline: Without team sync the most permitted creates it: a <kind> <source>, <mode>
      Given Dana has never linked a HubSpot login
      And team sync is not connected to HubSpot
      And colleagues have linked their HubSpot logins, the <rank> permitted first
      And Dana has saved a <kind> <source>
      When Dana pushes the <kind> to HubSpot <mode>
      Then HubSpot records the most permitted user or nobody as Owner
      And HubSpot records the most permitted user as Created By

      Examples:
        | rank  | kind    | source           | mode       |
        | least | contact | by hand          | on its own |
        | most  | contact | by hand          | in bulk    |
        | least | contact | from prospecting | in bulk    |
        | most  | account | by hand          | on its own |

    @H4
    Scenario Outline: Team sync is broken, pushed <mode>
      Given Dana has never linked a HubSpot login
      And colleagues have linked their HubSpot logins, the least permitted first
      And team sync is connected to HubSpot as the integration user
      And the team sync login of HubSpot has been revoked
      And Dana has saved a contact by hand
      When Dana pushes the contact to HubSpot <mode>
      Then HubSpot records the most permitted user or nobody as Owner, unless the push is refused
      And HubSpot records the most permitted user as Created By, unless the push is refused

      Examples:
        | mode       |
        | on its own |
        | in bulk    |

    @H5
    Scenario Outline: Nobody is authenticated: a <kind>, <mode>
      Given nobody has linked a HubSpot login
      And team sync is not connected to HubSpot
      And Dana has saved a <kind> by hand
      When Dana pushes the <kind> to HubSpot <mode>
      Then the push is refused
      And nothing is created in HubSpot
      And nothing is created in Salesforce
      And Apollo's error log tells of it

      Examples:
        | kind    | mode       |
        | contact | on its own |
        | contact | in bulk    |
        | account | on its own |
        | account | in bulk    |

  Rule: With a login that has stopped working

    @H6
    Scenario Outline: Only the access token is over: a <kind> <source>, <mode>
      Given Dana's HubSpot login needs a refresh
      And team sync is connected to HubSpot as the integration user
      And Dana has saved a <kind> <source>
      When Dana pushes the <kind> to HubSpot <mode>
      Then HubSpot records Dana as Owner
      And HubSpot records Dana as Created By

      Examples:
        | kind    | source            | mode       |
        | contact | by hand           | on its own |
        | contact | from a CSV upload | in bulk    |
        | account | by hand           | on its own |

    @H6
    Scenario: Only the access token is over, and the table may be meant for HubSpot, too
      Given Dana's HubSpot login needs a refresh
      And team sync is connected to HubSpot as the integration user
      And Dana has saved a contact from prospecting
      When Dana pushes the contact to HubSpot on its own
      Then HubSpot records Dana as Owner
      And HubSpot records Dana or the integration user as Created By

    @H6
    Scenario Outline: The login has been revoked, pushed <mode>
      Given Dana's HubSpot login has been revoked
      And team sync is connected to HubSpot as the integration user
      And colleagues have linked their HubSpot logins, the least permitted first
      And Dana has saved a contact by hand
      When Dana pushes the contact to HubSpot <mode>
      Then HubSpot records the integration user or Dana or nobody as Owner, unless the push is refused
      And HubSpot records the integration user or the most permitted user as Created By, unless the push is refused

      Examples:
        | mode       |
        | on its own |
        | in bulk    |

    @H6
    Scenario Outline: The user has been deactivated, pushed <mode>
      Given Dana's HubSpot login belongs to a deactivated user
      And team sync is connected to HubSpot as the integration user
      And colleagues have linked their HubSpot logins, the most permitted first
      And Dana has saved a contact by hand
      When Dana pushes the contact to HubSpot <mode>
      Then HubSpot records the integration user or nobody as Owner, unless the push is refused
      And HubSpot records the integration user or the most permitted user as Created By, unless the push is refused

      Examples:
        | mode       |
        | on its own |
        | in bulk    |

    @H6
    Scenario Outline: Dana's login <state>, and there is no team sync
      Given Dana's HubSpot login <state>
      And team sync is not connected to HubSpot
      And colleagues have linked their HubSpot logins, the least permitted first
      And Dana has saved a contact by hand
      When Dana pushes the contact to HubSpot on its own
      Then HubSpot records the most permitted user or nobody as Owner, unless the push is refused
      And HubSpot records the most permitted user as Created By, unless the push is refused

      Examples:
        | state                         |
        | has been revoked              |
        | belongs to a deactivated user |

    @H6
    Scenario: The login has been revoked, and nobody else is authenticated
      Given Dana's HubSpot login has been revoked
      And team sync is not connected to HubSpot
      And nobody but Dana has linked a HubSpot login
      And Dana has saved a contact by hand
      When Dana pushes the contact to HubSpot on its own
      Then the push is refused
      And nothing is created in HubSpot

  Rule: Activities

    @H7
    Scenario Outline: A linked person's <activity> is that person's, whatever the contact's source
      Given Dana has linked her HubSpot login
      And team sync is connected to HubSpot as the integration user
      And Dana has saved a contact <source>
      And Dana has pushed the contact to HubSpot on its own
      When Dana logs an <activity> about the contact in HubSpot
      Then HubSpot records Dana as Owner
      And HubSpot records Dana as Created By

      Examples:
        | activity | source           |
        | e-mail   | by hand          |
        | task     | from prospecting |
        | call     | by hand          |

    @H8
    Scenario Outline: An unlinked person's <activity> is created by team sync
      Given Dana has never linked a HubSpot login
      And team sync is connected to HubSpot as the integration user
      And Dana has saved a contact by hand
      And Dana has pushed the contact to HubSpot on its own
      When Dana logs an <activity> about the contact in HubSpot
      Then HubSpot records the integration user or nobody as Owner
      And HubSpot records the integration user as Created By

      Examples:
        | activity |
        | e-mail   |
        | task     |
        | call     |

  Rule: Each CRM by itself

    @H9 @trace-26
    Scenario Outline: Linked in HubSpot and not in Salesforce, pushed to HubSpot <mode>
      Given Dana has linked her HubSpot login
      And Dana has never linked a Salesforce login
      And team sync is connected to HubSpot as the integration user
      And team sync is connected to Salesforce as the integration user
      And Dana has saved a contact by hand
      When Dana pushes the contact to HubSpot <mode>
      Then HubSpot records Dana as Owner
      And HubSpot records Dana as Created By
      And nothing is created in Salesforce

      Examples:
        | mode       |
        | on its own |
        | in bulk    |

    @H9 @trace-26
    Scenario: Linked in Salesforce and not in HubSpot, pushed to HubSpot
      Given Dana has linked her Salesforce login
      And Dana has never linked a HubSpot login
      And team sync is connected to HubSpot as the integration user
      And colleagues have linked their HubSpot logins, the least permitted first
      And Dana has saved a contact by hand
      When Dana pushes the contact to HubSpot on its own
      Then HubSpot records the integration user or the most permitted user or nobody as Owner
      And HubSpot records the integration user or the most permitted user as Created By

    @H9 @trace-26
    Scenario: Linked in HubSpot and not in Salesforce, pushed to Salesforce
      Given Dana has linked her HubSpot login
      And Dana has never linked a Salesforce login
      And team sync is connected to Salesforce as the integration user
      And colleagues have linked their Salesforce logins, the most permitted first
      And Dana has saved a contact by hand
      When Dana pushes the contact to Salesforce on its own
      Then Salesforce records the integration user as Owner
      And Salesforce records the integration user or the most permitted user as Created By

    @H11
    Scenario Outline: A company that came along with a contact <source> is as the contact, linked
      Given Dana has linked her HubSpot login
      And team sync is connected to HubSpot as the integration user
      And Dana has saved a contact of a new account <source>
      When Dana pushes the contact to HubSpot <mode>
      Then HubSpot records Dana as Owner of the account
      And HubSpot records <creator> as Created By of the account

      Examples:
        | source            | mode       | creator                      |
        | by hand           | on its own | Dana                         |
        | from a CSV upload | in bulk    | Dana                         |
        | from prospecting  | on its own | Dana or the integration user |

    @H11
    Scenario: A company that came along with an unlinked person's contact is as the contact
      Given Dana has never linked a HubSpot login
      And team sync is connected to HubSpot as the integration user
      And colleagues have linked their HubSpot logins, the least permitted first
      And Dana has saved a contact of a new account by hand
      When Dana pushes the contact to HubSpot on its own
      Then HubSpot records the integration user or the most permitted user or nobody as Owner of the account
      And HubSpot records the integration user or the most permitted user as Created By of the account
