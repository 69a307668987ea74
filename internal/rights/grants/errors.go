package grants

import "github.com/codesign-tf/terraform-provider-codesign/internal/client"

// Error is a failure of the API client that this package can say more about.
type Error struct {
	Err    error
	advice string
}

func (e *Error) Error() string { return e.Err.Error() }

// Unwrap is the client's error.
func (e *Error) Unwrap() error { return e.Err }

// Advice is what the reader of the error can do next.
func (e *Error) Advice() string { return e.advice }

// advised adds what the table knows about the reason of a failure.
func advised(err error, advice map[client.Reason]string) error {
	if text := advice[client.ReasonOf(err)]; text != "" {
		return &Error{Err: err, advice: text}
	}
	return err
}

// What is generally to be done (scope argument, API integration) tfkit says. The
// scope is the one of 26.1 (OAS); older pages (DOC) ask for another.
var objectAdvice = map[client.Reason]string{
	client.NotFound: "No project, application or collection has this DN, or the caller may not see it. " +
		"Compare it with the name in the console; each backslash is written twice in HCL.",
	client.WrongType:    "Rights are kept on projects, applications and collections of applications; this DN is something else.",
	client.Forbidden:    "Only a Code Signing Administrator may read who has rights on an object.",
	client.MissingScope: "Reading who has rights on an object takes the scope `codesign:admin` (`codesign` on older servers).",
}

var trusteeAdvice = map[client.Reason]string{
	client.NotFound:     "No trustee has this prefixed universal. The data source codesign_identity turns a name into one.",
	client.Forbidden:    "Only a Code Signing Administrator or an application administrator may read the rights of a trustee.",
	client.MissingScope: "Reading the rights of a trustee takes the scope `codesign:admin` (`codesign:manage` on older servers).",
}
