# Reads the JSON of a plan and writes Markdown: a table of the changes, the programs that run besides the provider, the
# plan that the CLI prints ($text), and the rights matrix.

# A value from the server or the repository as a code span, so that Markdown renders no link, mention or tag. Characters
# that end the span or the cell appear as \u escapes.
def hex($digits): . as $n | [range($digits - 1; -1; -1) | ("0123456789abcdef" | explode)[($n / pow(16; .) | floor) % 16]] | implode;
def escaped: gsub("(?<c>[|`\\p{C}\\p{Zl}\\p{Zp}])";
  (.c | explode[0]) as $n | if $n > 65535 then "\\U" + ($n | hex(8)) else "\\u" + ($n | hex(4)) end);
def cell: if . == null or . == "" then "–" else "`" + (tostring | escaped) + "`" end;
def cells: map(cell) | if length == 0 then "–" else join(", ") end;

# A fence that is longer than any fence in the text.
def fenced: ([match("`+"; "g").length] + [2] | max + 1) as $n | ("`" * $n) as $f | "\($f)text\n\(.)\n\($f)";

def wait: .timeouts as $t | ($t.update // $t.create // "20m");

def from_status: .before.current_status // .after.initial_status // .before.status;
def status_row:
  (.after // .before) as $it
  | (.after.status // .before.status_on_destroy) as $to
  | (from_status | IN("Draft", "Pending")) as $unapproved
  | { object: ($it.dn // $it.guid // $it.project_id),
      from: (if $unapproved and $it.ticket_id then "\(from_status), ticket \($it.ticket_id)" else from_status end),
      to: (if .after == null then ($to // "no longer managed") else $to end),
      approvers: (if $unapproved and $to == "Enabled" then
          (if .after.self_approve then "the pipeline itself (self_approve)" else "the project's approvers" end)
        else null end),
      deadline: (if $unapproved and $to == "Enabled" and (.after.self_approve | not) then
          "\(.after | wait) after the apply starts" else null end) };

def approval_row:
  (.after // .before) as $it
  | { object: $it.dn, to: (.after.decision // "no longer managed"),
      from: (["Pending", (if $it.ticket_id then "ticket \($it.ticket_id)" else empty end),
        (if $it.submitted_at then "submitted \($it.submitted_at)" else empty end)] | join(", ")),
      approvers: ($it.approvers // []), deadline: null };

def ticket_row:
  (.after // .before) as $it
  | { object: ($it.blocking // $it.guid), from: (.before.current_status // "Pending"),
      to: (.after.status // "no longer managed"), approvers: ($it.approvers // []),
      deadline: (if $it.schedule.stop then "\($it.schedule.start) to \($it.schedule.stop)"
        else $it.schedule.start end) };

# The trustees that gain and lose something, by name where the provider knows it.
def gains_and_losses($before; $after; $names):
  [(($after // []) - ($before // []) | .[] | "+\($names[.] // .)"), (($before // []) - ($after // []) | .[] | "-\($names[.] // .)")]
  | if . == [] then null else join(", ") end;

def project_name: .dn // .guid // .project_id // "a new project";

def project_row:
  . as $c
  | (($c.after.names // {}) + ($c.before.names // {})) as $names
  | { object: ($c.after // $c.before | project_name), from: (if $c.before == null then "does not exist" else null end),
      to: (if $c.after == null then "removed (\($c.before.deletion_policy // "Delete"))"
        else ([({"owners": "Owner", "auditors": "Audit", "key_users": "Use", "key_use_approvers": "ApproveUse", "applications": "Applications"}
            | to_entries[] | . as $e | select($c.after | has($e.key))
            | gains_and_losses($c.before[$e.key]; $c.after[$e.key]; $names) | select(.) | "\($e.value): \(.)"),
          ("dn", "description", "custom_fields", "deletion_protection", "deletion_policy", "force_destroy"
            | . as $a | select($c.before != null and ($c.after | has($a)) and $c.before[$a] != $c.after[$a]) | "\($a): \($c.after[$a])")]
          | if . == [] then "updated" else join("; ") end) end),
      approvers: null, deadline: null };

def role_row:
  . as $c
  | (($c.after.names // {}) + ($c.before.names // {})) as $names
  | { object: "\($c.after // $c.before | project_name): \(($c.after // $c.before).role)", from: null,
      to: (gains_and_losses($c.before.trustees; $c.after.trustees; $names) // "no other trustees"), approvers: null, deadline: null };

def member_row:
  (.after // .before) as $it
  | { object: "\($it | project_name): \($it.role) of \($it.name // $it.trustee)",
      from: (if .before == null then null elif .before.active == false then "ended" else "active" end),
      to: (if .after == null then "revoked" elif .after.active == false then "ended" else "active" end),
      approvers: null, deadline: $it.expires };

def row:
  if .type == "codesign_project_status" then .change | status_row
  elif .type == "codesign_project_approval" then .change | approval_row
  elif .type == "workflow_ticket_decision" then .change | ticket_row
  elif .type == "codesign_project" then .change | project_row
  elif .type == "codesign_project_role" then .change | role_row
  elif .type == "codesign_project_role_member" then .change | member_row
  else { object: .address, from: null, to: (.change.actions | join(", ")), approvers: null, deadline: null } end;

def table:
  if length == 0 then "No changes."
  else "| Object | From | To | Approvers | Deadline |\n| --- | --- | --- | --- | --- |\n"
    + (map(row | [(.object | cell), (.from | cell), (.to | cell),
        (.approvers | if type == "array" then cells else cell end), (.deadline | cell)]
      | "| " + join(" | ") + " |") | join("\n")) end;

# `terraform show` does not print provisioners, which run commands with the identity of the apply.
def programs: [.. | objects | select(.provisioners?) | .address as $a | .provisioners[] | "\($a): provisioner \(.type)"];

([.resource_changes[]? | select(.mode == "managed" and .change.actions != ["no-op"])] | table) as $table
| (.configuration | programs) as $programs
| "### Changes\n\n\($table)\n",
  (if $programs == [] then empty else
    "**This configuration runs programs that the plan below does not show:** \($programs | cells)\n" end),
  "<details><summary>The plan as the CLI prints it</summary>\n\n"
  + ($text | if length > 50000 then .[:50000] + "\n… (the whole text is in the log of the job)" else . end | fenced)
  + "\n\n</details>\n",
  "### Who may do what\n\n\(.planned_values.outputs.rights_matrix.value // "Not known before the apply.")"
