package diags

import (
	"errors"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/client/auth"
	"github.com/codesign-tf/terraform-provider-codesign/internal/client/redact"
)

// Advisor is an error of a domain package that knows what its reader can do
// next, better than the answer of the server tells.
type Advisor interface {
	error
	Advice() string
}

// AddError reports an error at the attribute to mend, path.Empty() where there
// is none. `tried` is the summary: "Unable to read the rights on".
func AddError(diagnostics *diag.Diagnostics, at path.Path, tried string, err error) {
	tried = redact.Visible(tried)
	if at.Equal(path.Empty()) {
		diagnostics.AddError(tried, Explain(err))
		return
	}
	diagnostics.AddAttributeError(at, tried, Explain(err))
}

// AddWarning is AddError for what can wait.
func AddWarning(diagnostics *diag.Diagnostics, at path.Path, tried string, err error) {
	tried = redact.Visible(tried)
	if at.Equal(path.Empty()) {
		diagnostics.AddWarning(tried, Explain(err))
		return
	}
	diagnostics.AddAttributeWarning(at, tried, Explain(err))
}

// Explain is what happened, then what to do next.
func Explain(err error) string {
	text := sentence(err.Error())
	if advisor, ok := errors.AsType[Advisor](err); ok {
		text += paragraph(advisor.Advice())
	}
	if failed, ok := errors.AsType[*client.Error](err); ok {
		if advice := adviceFor(failed); !strings.Contains(text, advice) {
			text += paragraph(advice)
		}
	}
	return redact.VisibleLines(text)
}

func paragraph(s string) string {
	if s == "" {
		return ""
	}
	return "\n\n" + s
}

func adviceFor(e *client.Error) string {
	if client.IsIncomplete(e) {
		return "The server did answer, and left out what the call is for, so nothing can be concluded. That is no fault of the configuration as far as " +
			"can be seen: run again, and if it stays like this, look at the server's version and at its log."
	}
	switch e.Reason {
	case client.MissingScope:
		return fmt.Sprintf("The call %s needs a scope that the access token does not have%s. Add it to the provider's `scope` argument, "+
			"and to the API integration (application) on the server if that does not allow it. "+
			"A token given as `access_token` has to be issued anew with it.", e.Operation, quoted(" (the server names ", e.Scope, ")"))
	case client.BadToken:
		return adviceOnLogin(e)
	case client.Forbidden:
		if e.HTTPStatus == http401 && !e.Code.Present {
			return adviceOn401
		}
		return "The identity that the provider logs in as lacks a right on this object, or the role that the call asks for."
	case client.Unavailable:
		if words := auth.Explain(e); words != "" {
			return words
		}
		return adviceOnUnavailable(e.HTTPStatus)
	case client.BadAnswer, client.Redirected:
		return "This does not look like the answer of the server's REST API. Check the provider's `url`: a proxy, a login page or another server may be answering there."
	case client.Unsupported:
		return "This server does not know the call; it may be older than the provider expects."
	default:
		return ""
	}
}

// adviceOnUnavailable tells those who cannot come through from those who do, to a server that cannot answer.
func adviceOnUnavailable(status int) string {
	switch status {
	case 0:
		return "No answer came. Check the provider's `url`, the proxies of the environment (HTTPS_PROXY, NO_PROXY), firewalls, and the server, then run again."
	case 429, 502, 503, 504:
		return "The server is there and not ready: it is busy, is being upgraded, or the proxy before it can't reach it. " +
			"Nothing is wrong with the configuration as far as can be seen; run again later."
	default:
		return "The server was reached, and failed. Nothing is wrong with the configuration as far as can be seen: the server's log says more. Run again later."
	}
}

// http401 is what some calls answer both to a bad token and to a caller without the right.
const (
	http401     = 401
	adviceOn401 = "That can mean two things. Either the identity that the provider logs in as lacks a right here: only approvers of a workflow ticket may see and decide it. " +
		"Or the access token is not good any more, and the server did not say so: log in anew (another `access_token`), then run again."
)

// adviceOnLogin leaves it to the way of logging in, which knows more.
func adviceOnLogin(e *client.Error) string {
	if login, ok := errors.AsType[Advisor](e.Err); ok {
		return login.Advice()
	}
	return "Check how the provider logs in: `access_token`, or the arguments of another grant."
}

func quoted(before, s, after string) string {
	if s == "" {
		return ""
	}
	return before + "`" + s + "`" + after
}

// sentence makes an error's text start with a capital and end with a full stop.
func sentence(s string) string {
	if s == "" {
		return s
	}
	runes := []rune(s)
	if first := runes[0]; first >= 'a' && first <= 'z' {
		runes[0] = first - 'a' + 'A'
	}
	if last := runes[len(runes)-1]; last != '.' && last != '!' && last != '?' {
		runes = append(runes, '.')
	}
	return string(runes)
}
