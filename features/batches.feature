Feature: Batches

  What is pushed together is judged one by one. A bad row is nobody else's, and no row gets lost.

  @trace-14 @R26
  Scenario Outline: In HubSpot three people's records make one batch, pushed by <pusher>
    Given Dana has linked her HubSpot login
    And Kim has linked her HubSpot login
    And Lee has never linked a HubSpot login
    And the Apollo admin has linked their HubSpot login
    And team sync is connected to HubSpot as the integration user
    And Dana has saved a contact by hand
    And Kim has saved a contact from prospecting
    And Lee has saved a contact from a CSV upload
    When <pusher> pushes everything to HubSpot in bulk
    Then HubSpot records Dana or <pusher> as Owner of Dana's contact
    And HubSpot records Dana or <pusher> as Created By of Dana's contact
    And HubSpot records Kim or <pusher> as Owner of Kim's contact
    And HubSpot records Kim or <pusher> or the integration user as Created By of Kim's contact
    And HubSpot records the integration user or <pusher> or nobody as Owner of Lee's contact
    And HubSpot records the integration user or <pusher> as Created By of Lee's contact

    Examples:
      | pusher           |
      | Kim              |
      | the Apollo admin |

  @trace-15 @<row> @N2
  Scenario Outline: One contact in the middle of a batch is invalid, and <crm> takes the others
    Given Dana has linked her <crm> login
    And team sync is connected to <crm> as the integration user
    And Dana has saved a contact by hand
    And Dana has saved a contact with an impossible e-mail address by hand
    And Dana has saved a contact from a CSV upload
    When Dana pushes everything to <crm> in bulk
    Then <crm> records Dana as Owner of the first contact
    And <crm> records Dana as Created By of the first contact
    And the push of the second contact is refused
    And <crm> records Dana as Owner of the third contact
    And <crm> records Dana as Created By of the third contact
    And what was reported is so

    Examples:
      | crm        | row |
      | Salesforce | R01 |
      | HubSpot    | H1  |

  @trace-15 @trace-19 @H1 @U1 @U3 @N2
  Scenario: One contact in the middle of a batch is in HubSpot already, and the answers come in any order
    Given Dana has linked her HubSpot login
    And team sync is connected to HubSpot as the integration user
    And Dana has saved 3 contacts by hand
    And Lee has entered the second contact in HubSpot already
    When Dana pushes everything to HubSpot in bulk
    Then HubSpot records Dana as Owner of the first contact
    And HubSpot records Dana as Created By of the first contact
    And HubSpot records Lee or Dana as Owner of the second contact
    And HubSpot records Lee as Created By of the second contact
    And HubSpot records Dana as Owner of the third contact
    And HubSpot records Dana as Created By of the third contact
    And what was reported is so

  @trace-16 @<row>
  Scenario Outline: One contact more than a request to <crm> takes, and the first rows are locked at first
    Given Dana has linked her <crm> login
    And team sync is connected to <crm> as the integration user
    And Dana has saved <contacts> contacts by hand
    And the rows of the next batch are locked in <crm>
    When Dana pushes everything to <crm> in bulk
    Then <crm> records Dana as Owner of all contacts
    And <crm> records Dana as Created By of all contacts

    Examples:
      | crm        | contacts | row |
      | Salesforce | 201      | R01 |
      | HubSpot    | 101      | H1  |

  @trace-17 @<row> @N3
  Scenario Outline: Two contacts of one new account bring it along once, to <crm> <mode>
    Given Dana has linked her <crm> login
    And team sync is connected to <crm> as the integration user
    And Dana has saved two contacts of one new account by hand
    When Dana pushes both contacts to <crm> <mode>
    Then <crm> records Dana as Owner of the account
    And <crm> records Dana as Created By of the account
    And <crm> records Dana as Owner of all contacts
    And <crm> records Dana as Created By of all contacts
    And each push has made one record

    Examples:
      | crm        | mode       | row |
      | Salesforce | on its own | R08 |
      | Salesforce | in bulk    | R08 |
      | HubSpot    | in bulk    | H11 |
