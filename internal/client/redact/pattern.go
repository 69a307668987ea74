package redact

import (
	"regexp"
	"sync"
)

// Pattern compiles an expression when it is first needed: most never are, and a
// CLI starts the provider several times for each command.
func Pattern(expression string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })
}
