"""A sync from Apollo to Salesforce and HubSpot that follows the documented ownership rules."""
