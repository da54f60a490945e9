Feature: Route and report by Owner, not by Created By

  Created By says which login wrote. Owner says whose record it is: reports, routing and assignment rules look there.

  Scenario: Created By can't tell Dana's contacts from Lee's, and Owner can
    Given Dana has linked her Salesforce login
    And Lee has linked his Salesforce login
    And team sync is connected to Salesforce as the integration user
    And Dana has saved two contacts from prospecting
    And Lee has saved a contact from prospecting
    When Dana pushes the first contact to Salesforce on its own
    And Dana pushes the second contact to Salesforce on its own
    And Lee pushes Lee's contact to Salesforce on its own
    Then a Salesforce report by Owner shows 2 for Dana and 1 for Lee
    And a Salesforce report by Created By shows 3 for the integration user

  Scenario: Team sync on a person's own login works, and is advised against
    Given Dana has linked her Salesforce login
    And team sync is connected to Salesforce as the most permitted user
    And Dana has saved a contact from prospecting
    When Dana pushes the contact to Salesforce on its own
    Then Salesforce records Dana as Owner
    And Salesforce records the most permitted user as Created By
    And a dedicated integration user is advised for Salesforce
