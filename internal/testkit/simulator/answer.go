package simulator

import (
	"encoding/json"
	"maps"
	"net/http"
)

// object is a JSON object of an answer.
type object = map[string]any

// answer is what a handler wants to say.
type answer struct {
	status int // 200 when zero
	reason string
	body   any      // encoded as JSON when not nil
	chunks [][]byte // already encoded; beats body
	html   string   // beats both
	result *int
	header http.Header
}

func (a answer) code() int {
	if a.status == 0 {
		return http.StatusOK
	}
	return a.status
}

// signOK is the envelope of a Codesign call that worked.
func signOK(extra object) answer {
	body := object{"Result": signSuccess, "Success": true}
	maps.Copy(body, extra)
	return answer{body: body, result: new(signSuccess)}
}

func signFail(result int, text string) answer {
	return answer{body: object{"Result": result, "Success": false, "Error": text}, result: &result}
}

// withResult is the envelope of every other family.
func withResult(result int, extra object) answer {
	body := object{"Result": result}
	maps.Copy(body, extra)
	return answer{body: body, result: &result}
}

// authError is the dialect of the authentication layer.
func authError(status int, kind, description string) answer {
	return answer{status: status, body: object{"error": kind, "error_description": description}}
}

func badRequest(description string) answer {
	return authError(http.StatusBadRequest, "invalid_request", description)
}

// sdkError is the dialect of the WebSDK itself.
func sdkError(status int, text string) answer {
	return answer{status: status, body: object{"Error": text}}
}

func mustJSON(v any) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return b
}

// Sign result codes.
const (
	signSuccess      = 1
	signPermission   = 2
	signCreate       = 3
	signUpdate       = 4
	signDelete       = 5
	signRename       = 6
	signNotFound     = 7
	signWrongType    = 8
	signDuplicate    = 1001
	signUserNotFound = 1002
	signExists       = 2002
)

// Workflow result codes.
const (
	workflowSuccess      = 1
	workflowMissing      = 3
	workflowPrivileges   = 4
	workflowBadArguments = 5
	workflowNoObject     = 6
)

// Flow result codes.
const (
	flowSuccess      = 0
	flowPermission   = 1
	flowMissing      = 2
	flowApproveFails = 4
	flowRejectFails  = 5
	flowUpdateFails  = 11
)

// Config result codes.
const (
	configSuccess  = 1
	configArgument = 2
	configRights   = 7
	configMissing  = 400
)
