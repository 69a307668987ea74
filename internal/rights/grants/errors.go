package grants

import (
	"errors"
	"fmt"
	"strings"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
)

// Error is a failed read, with its causes and the next step.
type Error struct {
	message string
	advice  string
	causes  []error
}

func (e *Error) Error() string { return e.message }

// Unwrap returns the causes, the one that ended the read first.
func (e *Error) Unwrap() []error { return e.causes }

// Advice is the next step.
func (e *Error) Advice() string { return e.advice }

// withAdvice adds what a table advises for the reason of a failure.
func withAdvice(err error, advice map[client.Reason]string) error {
	if text := advice[client.ReasonOf(err)]; text != "" {
		return &Error{err.Error(), text, []error{err}}
	}
	return err
}

func firstAdvice(causes []error) string {
	if first, ok := errors.AsType[*Error](errors.Join(causes...)); ok {
		return first.advice
	}
	return ""
}

// maxListed limits the lines of an error about many objects.
const maxListed = 20

// listFirst joins the first entries of a list, and the number of the others.
func listFirst(entries []string, separator, more string) string {
	text := strings.Join(entries[:min(len(entries), maxListed)], separator)
	if left := len(entries) - maxListed; left > 0 {
		text += fmt.Sprintf(more, left)
	}
	return text
}
