package grants

import (
	"fmt"

	"github.com/codesign-tf/terraform-provider-codesign/internal/api"
)

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
func advised(err error, advice map[api.Reason]string) error {
	if text := advice[api.ReasonOf(err)]; text != "" {
		return &Error{Err: err, advice: text}
	}
	return err
}

// The scope is the one of 26.1 (OAS); older pages (DOC) ask for another.
var objectAdvice = map[api.Reason]string{
	api.NotFound: "No project, application or collection has this DN, or the caller may not see it. " +
		"Compare it with the name in the console; each backslash is written twice in HCL.",
	api.WrongType: "Rights are kept on projects, applications and collections of applications; this DN is something else.",
	api.Forbidden: "Only a Code Signing Administrator may read who has rights on an object, and the identity that the provider " +
		"logs in as is none. Log in as one, or have an administrator add this identity to them.",
	api.MissingScope: missingScope("codesign:admin", "`codesign` on older servers"),
}

var trusteeAdvice = map[api.Reason]string{
	api.NotFound: "No trustee has this prefixed universal. The data source codesign_identity turns a name into one.",
	api.Forbidden: "Only a Code Signing Administrator or an application administrator may read the rights of a trustee, and the " +
		"identity that the provider logs in as is neither.",
	api.MissingScope: missingScope("codesign:admin", "`codesign:manage` on older servers"),
}

func missingScope(scope, older string) string {
	return fmt.Sprintf("Reading rights takes the scope `%s` (%s). Add it to the provider's `scope` argument, and to the API "+
		"integration on the server if that does not allow it. A token given as `access_token` has to be issued anew with it.", scope, older)
}
