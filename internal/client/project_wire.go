package client

import (
	"github.com/codesign-tf/terraform-provider-codesign/internal/client/redact"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
)

// wireObject are the names of an object. Every documented version sends all three of a project; the
// ID is optional.
type wireObject struct {
	DN, GUID flexString
	ID       flexInt
}

func (w *wireObject) ref() ProjectRef {
	return ProjectRef{DN: string(w.DN), GUID: string(w.GUID), ID: w.ID.n}
}

// missing names the required names that are absent.
func (w *wireObject) missing() string {
	switch {
	case w.DN == "" && w.GUID == "":
		return "Dn, no Guid"
	case w.DN == "":
		return "Dn"
	case w.GUID == "":
		return "Guid"
	}
	return ""
}

// wireProject is a project in an answer.
type wireProject struct {
	wireObject
	wireSettings
	Status                            wireStatus
	CreatedOn, ApprovalSubmissionDate flexTime

	Applications, Collections items[wireObject]

	CertificateEnvironments, KeyPairEnvironments, CSPEnvironments items[wireEnvironment]
	DotNetEnvironments, GPGEnvironments, AppleEnvironments        items[wireEnvironment]
}

type projectAnswer struct {
	signEnvelope
	Project *wireProject
}

func (a *projectAnswer) bodyResult() bodyResult { return a.resultWith(a.hasProject()) }

// hasProject is false for an object without names and status, with which a server may report that
// there is no project.
func (a *projectAnswer) hasProject() bool {
	w := a.Project
	return w != nil && (w.wireObject != (wireObject{}) || w.Status.set)
}

type wireEnvironment struct {
	wireObject
	Status      wireStatus
	Description flexString
}

// wireStatus accepts a number, perhaps quoted, and the name, which is not documented.
type wireStatus struct {
	value lifecycle.Status
	set   bool
}

func (s *wireStatus) UnmarshalJSON(data []byte) error {
	var text flexString
	_ = text.UnmarshalJSON(data)
	*s = parseStatus(redact.Strip(string(text)))
	return nil
}

func parseStatus(text string) wireStatus {
	if n, isNumber := parseInt(text); isNumber {
		return wireStatus{lifecycle.Status(n), true}
	}
	status, known := lifecycle.ParseStatus(text)
	return wireStatus{status, known}
}

func (w *wireProject) project() *Project {
	return &Project{
		DN: string(w.DN), GUID: string(w.GUID), ID: w.ID.n, Status: w.Status.value,
		CreatedOn: w.CreatedOn.Time, ApprovalSubmissionDate: w.ApprovalSubmissionDate.Time,
		SubmissionNoZone: w.ApprovalSubmissionDate.noZone, Settings: w.settings(),
		Applications: objects(w.Applications), Collections: objects(w.Collections), Environments: w.environments(),
	}
}

func (w *wireProject) environments() []Environment {
	var out []Environment
	for _, group := range []struct {
		kind string
		list []wireEnvironment
	}{
		{"Certificate", w.CertificateEnvironments},
		{"KeyPair", w.KeyPairEnvironments},
		{"CSP", w.CSPEnvironments},
		{"DotNet", w.DotNetEnvironments},
		{"GPG", w.GPGEnvironments},
		{"Apple", w.AppleEnvironments},
	} {
		for _, e := range group.list {
			out = append(out, e.environment(group.kind))
		}
	}
	return out
}

func objects(list []wireObject) []ProjectRef {
	var out []ProjectRef
	for _, o := range list {
		out = append(out, o.ref())
	}
	return out
}
