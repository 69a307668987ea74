package simulator

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"time"
)

// jsonText is a value that is encoded already.
type jsonText = json.RawMessage

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

func (s *Server) guid(guid string) string {
	if s.settings.GUIDStyle == "none" {
		return guid
	}
	return "{" + guid + "}"
}

// date is a moment in the server's spelling; nil for none.
func (s *Server) date(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	switch s.settings.DateStyle {
	case "iso":
		return t.UTC().Format("2006-01-02T15:04:05.0000000Z")
	case "offset":
		return fmt.Sprintf("/Date(%d+0200)/", t.UnixMilli())
	}
	return fmt.Sprintf("/Date(%d)/", t.UnixMilli())
}

func items(list []string) object { return object{"Items": notNil(list)} }

func notNil(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}

// render is the project object of an answer, encoded; it is kept until the project changes, because
// lists of thousands are asked for.
func (s *Server) render(p *project, now time.Time) []byte {
	status := p.statusAt(now)
	if p.rendered == nil || p.renderedStatus != status {
		p.rendered, p.renderedStatus = mustJSON(s.projectObject(p, status)), status
	}
	return p.rendered
}

func (s *Server) projectObject(p *project, status int) object {
	o := object{
		"Guid": s.guid(p.guid), "Id": p.id, "Dn": p.dn, "Description": p.description, "Status": status,
		"CreatedOn": s.date(p.created), "ApprovalSubmissionDate": s.date(p.submitted),
		"Owners": items(p.owners), "Auditors": items(p.auditors), "KeyUsers": items(p.keyUsers),
		"KeyUseApprovers": items(p.keyUseApprovers), "ApplicationDNs": items(p.applications),
		"Applications": s.references(p.applications), "Collections": s.references(p.collections),
		"CustomFieldAttributes": object{"Items": fieldObjects(p.customFields)},
	}
	for _, kind := range environmentKinds {
		o[kind+"Environments"] = s.environmentsOf(p, kind)
	}
	switch {
	case s.settings.ProjectStatusOmitted:
		delete(o, "Status")
	case s.settings.ProjectStatusQuoted:
		o["Status"] = strconv.Itoa(status)
	}
	if s.settings.SubmissionDateOmitted {
		delete(o, "ApprovalSubmissionDate")
	}
	return o
}

func fieldObjects(fields map[string][]string) []object {
	out := []object{}
	for _, name := range sortedKeys(fields) {
		out = append(out, object{"FieldName": name, "Values": notNil(fields[name]), "Type": 1})
	}
	return out
}

var environmentKinds = []string{"Certificate", "KeyPair", "CSP", "DotNet", "GPG", "Apple"}

func (s *Server) environmentsOf(p *project, kind string) []object {
	out := []object{}
	for _, e := range p.environments {
		if e.kind() == kind {
			out = append(out, s.environmentObject(e))
		}
	}
	return out
}

func (s *Server) environmentObject(e *environment) object {
	return object{
		"Guid": s.guid(e.guid), "Id": e.id, "Dn": e.dn, "Description": e.Description, "Status": e.status,
		"Disabled": e.status == disabled, "TemplateDN": e.Template, "Type": environmentType(e.kind(), ""),
		"KeyAlgorithm": object{"Dirty": false, "Info": 0, "Value": e.keyAlgorithm()}, "CertificateDN": e.certificateDN(),
	}
}

// references describes applications or collections; one that is gone keeps its DN.
func (s *Server) references(dns []string) []object {
	out := []object{}
	for _, dn := range dns {
		it := s.objects.byDN[foldDN(dn)]
		if it == nil {
			out = append(out, object{"Dn": dn})
			continue
		}
		out = append(out, s.objectObject(it))
	}
	return out
}

func (s *Server) objectObject(it *item) object {
	o := object{"Guid": s.guid(it.guid), "Id": it.id, "Dn": it.dn, "Description": it.source.Description}
	if it.class == classApplication {
		o["Version"], o["Location"] = it.source.Version, it.source.Location
	}
	if it.class == classCollection {
		applications, _ := s.members(it)
		o["ApplicationDNs"] = items(applications)
	}
	return o
}
