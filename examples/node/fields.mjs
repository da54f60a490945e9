// Apollo's values under the vendors' names.

const SALESFORCE = {
  first_name: "FirstName",
  last_name: "LastName",
  email: "Email",
  phone: "Phone",
  title: "Title",
  name: "Name",
  domain: "Website",
};

const HUBSPOT = {
  first_name: "firstname",
  last_name: "lastname",
  email: "email",
  phone: "phone",
  title: "jobtitle",
  company: "company",
  name: "name",
  domain: "domain",
};

const renamed = (fields, names) =>
  Object.fromEntries(Object.entries(fields).flatMap(([name, value]) => (names[name] ? [[names[name], value]] : [])));

/** A contact's company is its account's name: only a Lead has a field for it. */
export const salesforceRecord = (object, fields) =>
  renamed(fields, object === "lead" ? { ...SALESFORCE, company: "Company" } : SALESFORCE);

export const hubspotRecord = (fields) => renamed(fields, HUBSPOT);

/** E-mails, tasks and calls are Tasks. An e-mail or a call has happened; a task is still to be done. */
export const salesforceActivity = (type, { subject, at, body }) => ({
  Subject: subject,
  TaskSubtype: { email: "Email", task: "Task", call: "Call" }[type],
  Status: type === "task" ? "Not Started" : "Completed",
  ActivityDate: at.slice(0, 10),
  ...(body && { Description: body }),
});

export function hubspotActivity(type, { subject, at, body }) {
  const [subjectName, bodyName] = {
    email: ["hs_email_subject", "hs_email_text"],
    task: ["hs_task_subject", "hs_task_body"],
    call: ["hs_call_title", "hs_call_body"],
  }[type];
  return {
    hs_timestamp: at,
    [subjectName]: subject,
    ...(type === "email" && { hs_email_direction: "EMAIL" }),
    ...(body && { [bodyName]: body }),
  };
}
