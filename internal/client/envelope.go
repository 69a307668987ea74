package client

import "cmp"

// answer is a decoded body.
type answer interface{ bodyResult() bodyResult }

// bodyResult is what a well-formed body reports.
type bodyResult struct {
	ok      bool
	code    Code
	reason  Reason // if not ok
	message string
}

func failedResult(code Code, text flexString) bodyResult {
	return bodyResult{code: code, reason: reasonOfCode(code), message: string(text)}
}

func codeOf(family string, result flexInt) Code {
	return Code{Family: family, Number: int(result.n), Present: result.set}
}

// signEnvelope is part of every answer of Codesign/*. A failure comes with HTTP 200.
type signEnvelope struct {
	Result  flexInt
	Success flexBool
	Error   flexString
}

func (e signEnvelope) bodyResult() bodyResult {
	code := codeOf(FamilySign, e.Result)
	f := failedResult(code, e.Error)
	switch says := e.Result.set && e.Result.n == 1; {
	case !e.Result.set && !e.Success.set:
		f.reason = EmptyAnswer
		f.message = cmp.Or(f.message, "the answer has neither Result nor Success")
	case !e.Success.set:
		f.ok = says
		if f.reason == NotFound { // certain only if Success is false
			f.reason = LoadFailed
		}
	case e.Success.value:
		f.ok = says || !e.Result.set || e.Result.n == 0
		f.reason = BadAnswer
	case says:
		f.reason = BadAnswer
	case !e.Result.set && f.message == "":
		f.message = "Success is false, and no reason is given"
	}
	return f
}

// resultWith returns the result of an answer with or without the content of the call. The content
// is sufficient without Result and Success: the vendor's Python client checks nothing else.
func (e signEnvelope) resultWith(payload bool) bodyResult {
	f := e.bodyResult()
	if payload && f.reason == EmptyAnswer && e.Error == "" {
		return bodyResult{ok: true, code: f.code}
	}
	return f
}

// resultOfList returns the result of an answer with a list of rows, or without a list, which needs
// Success. An empty list needs the envelope to report success too.
func (e signEnvelope) resultOfList(there bool, rows int, without string) bodyResult {
	f := e.resultWith(rows > 0)
	vouched := e.Success.value && (!e.Result.set || e.Result.n == 1)
	if f.ok && !there && !vouched {
		f.ok, f.reason, f.message = false, EmptyAnswer, without
	}
	return f
}

// resultEnvelope is part of the answers of Config/* and Permissions/*.
type resultEnvelope struct {
	Result flexInt
	Error  flexString
}

func (e resultEnvelope) bodyResult() bodyResult { return resultOfCode(FamilyConfig, e.Result, e.Error) }

const noResult = "no Result in the answer"

// resultOfCode is for the families in which only Result 1 means success.
func resultOfCode(family string, result flexInt, text flexString) bodyResult {
	f := failedResult(codeOf(family, result), text)
	f.ok = result.set && result.n == 1
	if !result.set && text == "" {
		f.reason, f.message = EmptyAnswer, noResult
	}
	return f
}

// noEnvelope is for answers that consist of their content.
type noEnvelope struct{ Error flexString }

func (e noEnvelope) bodyResult() bodyResult {
	return bodyResult{ok: e.Error == "", reason: Refused, message: string(e.Error)}
}
