package main

import (
	"fmt"
	"strings"
)

// header names both providers. The address of the server and the token come from
// the environment, so that a configuration serves every run.
func header(provider, arguments string) string {
	return fmt.Sprintf("terraform {\n  required_providers {\n    %[1]s = { source = \"codesign-tf/%[1]s\" }\n  }\n}\nprovider %[1]q {\n%[2]s}\n",
		provider, arguments)
}

func codesign(parallelism int) string {
	return header("codesign", fmt.Sprintf("  max_concurrent_requests = %d\n", requestsAtOnce(parallelism)))
}

// requestsAtOnce are 64, the provider's default, unless the CLI does more at once.
func requestsAtOnce(parallelism int) int { return max(parallelism, 64) }

// dnExpression is the DN of the object with the index that is given as an expression.
func dnExpression(index string) string {
	return fmt.Sprintf(`"%sTeam ${%d + %s}"`, strings.ReplaceAll(folder, `\`, `\\`), firstNumber, index)
}

func statuses(n int, goal string) string {
	return fmt.Sprintf("resource \"codesign_project_status\" \"p\" {\n  count  = %d\n  dn     = %s\n  status = %q\n}\n",
		n, dnExpression("count.index"), goal)
}

func rightsOf(n int) string {
	return fmt.Sprintf("data \"codesign_object_rights\" \"p\" {\n  count = %d\n  dn    = %s\n}\n", n, dnExpression("count.index"))
}

func matrixOf(n int) string {
	return fmt.Sprintf("data \"codesign_rights_matrix\" \"all\" {\n  dns = [for i in range(%d) : %s]\n}\n", n, dnExpression("i"))
}

func decisionsOf(n int) string {
	return fmt.Sprintf("resource \"workflow_ticket_decision\" \"t\" {\n  provider = codesign\n  count    = %d\n"+
		"  guid     = format(\"6ede0e12-f7c0-4068-9977-%%012d\", %d + count.index)\n  status   = \"Approved\"\n}\n", n, firstNumber)
}

// things are blocks of the provider that does nothing.
func things(kind string, n int) string {
	return header("yardstick", "") +
		fmt.Sprintf("%s \"yardstick_thing\" \"t\" {\n  count = %d\n  name  = \"Team ${%d + count.index}\"\n}\n", kind, n, firstNumber)
}

func likenesses(n int) string {
	return header("yardstick", "") +
		fmt.Sprintf("resource \"yardstick_likeness\" \"p\" {\n  count  = %d\n  dn     = %s\n  status = \"Enabled\"\n}\n", n, dnExpression("count.index"))
}
