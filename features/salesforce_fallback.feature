Feature: Salesforce, without a personal login

  Whoever has not linked pushes through team sync, and team sync owns the record. Without team sync the authenticated user
  with the highest permission in Salesforce stands in; an Apollo admin is nobody special there.

  Rule: Team sync stands in

    @R09
    Scenario Outline: Team sync runs as the most permitted user, so that every reading agrees: a <kind> <source>, <mode>
      Given Dana has never linked a Salesforce login
      And team sync is connected to Salesforce as the most permitted user
      And the least permitted user has linked their Salesforce login
      And Dana has saved a <kind> <source>
      When Dana pushes the <kind> to Salesforce <mode>
      Then Salesforce records the most permitted user as Owner
      And Salesforce records the most permitted user as Created By

      Examples:
        | kind    | source                         | mode       |
        | contact | by hand                        | on its own |
        | contact | from a CSV upload              | in bulk    |
        | contact | from the extension in Gmail    | on its own |
        | contact | from the extension in LinkedIn | in bulk    |
        | contact | from prospecting               | on its own |
        | contact | from job change enrichment     | in bulk    |
        | account | by hand                        | in bulk    |
        | account | from prospecting               | on its own |
        | lead    | by hand                        | on its own |
        | lead    | from the extension in LinkedIn | in bulk    |

    @R10
    Scenario Outline: Somebody is permitted more than team sync, the <rank> permitted linked first: a <kind> <source>, <mode>
      Given Dana has never linked a Salesforce login
      And colleagues have linked their Salesforce logins, the <rank> permitted first
      And team sync is connected to Salesforce as the integration user
      And Dana has saved a <kind> <source>
      When Dana pushes the <kind> to Salesforce <mode>
      Then Salesforce records the integration user as Owner
      And Salesforce records the integration user or the most permitted user as Created By

      Examples:
        | rank  | kind    | source                         | mode       |
        | least | contact | by hand                        | on its own |
        | most  | contact | by hand                        | in bulk    |
        | least | contact | from a CSV upload              | on its own |
        | most  | contact | from the extension in Gmail    | in bulk    |
        | least | contact | from the extension in LinkedIn | on its own |
        | most  | contact | from prospecting               | in bulk    |
        | least | contact | from job change enrichment     | on its own |
        | most  | account | by hand                        | on its own |
        | least | account | from prospecting               | in bulk    |
        | most  | lead    | by hand                        | on its own |
        | least | lead    | from prospecting               | in bulk    |

  Rule: Without team sync the most permitted stands in

    @R11
    Scenario Outline: No team sync, the <rank> permitted linked first: a <kind> <source>, <mode>
      Given Dana has never linked a Salesforce login
      And team sync is not connected to Salesforce
      And colleagues have linked their Salesforce logins, the <rank> permitted first
      And Dana has saved a <kind> <source>
      When Dana pushes the <kind> to Salesforce <mode>
      Then Salesforce records the most permitted user as Owner
      And Salesforce records the most permitted user as Created By

      Examples:
        | rank  | kind    | source                         | mode       |
        | least | contact | by hand                        | on its own |
        | most  | contact | by hand                        | in bulk    |
        | least | contact | from a CSV upload              | in bulk    |
        | most  | contact | from the extension in Gmail    | on its own |
        | least | contact | from the extension in LinkedIn | on its own |
        | most  | contact | from prospecting               | in bulk    |
        | least | contact | from job change enrichment     | in bulk    |
        | most  | account | from a CSV upload              | on its own |
        | least | account | from prospecting               | in bulk    |
        | most  | lead    | by hand                        | in bulk    |
        | least | lead    | from the extension in LinkedIn | on its own |

    @R12
    Scenario Outline: Two share the highest permission: a <kind> <source>, <mode>
      Given Dana has never linked a Salesforce login
      And team sync is not connected to Salesforce
      And two colleagues with the highest permission have linked their Salesforce logins
      And Dana has saved a <kind> <source>
      When Dana pushes the <kind> to Salesforce <mode>
      Then Salesforce records the most permitted user or the other most permitted user as Owner
      And Salesforce records the most permitted user or the other most permitted user as Created By
      And Salesforce records the same person as Owner and as Created By

      Examples:
        | kind    | source           | mode       |
        | contact | by hand          | on its own |
        | contact | from prospecting | in bulk    |
        | account | by hand          | in bulk    |
        | lead    | by hand          | on its own |

    @R12 @N6 @trace-24
    Scenario Outline: Two share the highest permission, and ten contacts are pushed one after the other, each <mode>
      Given Dana has never linked a Salesforce login
      And team sync is not connected to Salesforce
      And two colleagues with the highest permission have linked their Salesforce logins
      And Dana has saved 10 contacts by hand
      When everybody pushes their contacts to Salesforce in turn, each <mode>
      Then Salesforce records the most permitted user or the other most permitted user as Owner of each of Dana's contacts
      And Salesforce records the most permitted user or the other most permitted user as Created By of each of Dana's contacts
      And Salesforce records the same person as Owner and as Created By of each of Dana's contacts
      And no other credential has written

      Examples:
        | mode       |
        | on its own |
        | in bulk    |

    @R13
    Scenario Outline: Team sync is broken: a <kind> <source>, <mode>
      Given Dana has never linked a Salesforce login
      And colleagues have linked their Salesforce logins, the least permitted first
      And team sync is connected to Salesforce as the integration user
      And the team sync login of Salesforce has been revoked
      And Dana has saved a <kind> <source>
      When Dana pushes the <kind> to Salesforce <mode>
      Then Salesforce records the most permitted user as Owner, unless the push is refused
      And Salesforce records the most permitted user as Created By, unless the push is refused
      And Salesforce records the same person as Owner and as Created By

      Examples:
        | kind    | source           | mode       |
        | contact | by hand          | on its own |
        | contact | by hand          | in bulk    |
        | account | from prospecting | on its own |
        | lead    | from prospecting | in bulk    |

    @R14
    Scenario Outline: Nobody is authenticated: a <kind> <source>, <mode>
      Given nobody has linked a Salesforce login
      And team sync is not connected to Salesforce
      And Dana has saved a <kind> <source>
      When Dana pushes the <kind> to Salesforce <mode>
      Then the push is refused
      And nothing is created in Salesforce
      And nothing is created in HubSpot
      And Apollo's error log tells of it

      Examples:
        | kind    | source           | mode       |
        | contact | by hand          | on its own |
        | contact | by hand          | in bulk    |
        | account | from prospecting | on its own |
        | lead    | from prospecting | in bulk    |

    @R14
    Scenario Outline: Team sync is broken and nobody else is authenticated, pushed <mode>
      Given nobody has linked a Salesforce login
      And team sync is connected to Salesforce as the integration user
      And the team sync login of Salesforce has been revoked
      And Dana has saved a contact by hand
      When Dana pushes the contact to Salesforce <mode>
      Then the push is refused
      And nothing is created in Salesforce
      And Apollo's error log tells of it

      Examples:
        | mode       |
        | on its own |
        | in bulk    |
