package simulator

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// jsonText is a value that is encoded already.
type jsonText = json.RawMessage

func (s *Server) guid(guid string) string {
	return choose(s.settings.GUIDStyle == "none", guid, "{"+guid+"}")
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

// render is the project object of an answer, encoded; it is kept until the project changes, because
// lists of thousands are asked for.
func (s *Server) render(p *project) []byte {
	if s.now.Before(p.shownValues.until) || s.now.Before(p.shownStatus.until) {
		return mustJSON(s.projectObject(p))
	}
	if p.rendered == nil {
		p.rendered = mustJSON(s.projectObject(p))
	}
	return p.rendered
}

func (s *Server) projectObject(p *project) object {
	status, v := p.statusAt(s.now), p.valuesAt(s.now)
	applications, collections := s.split(v.Applications)
	o := object{
		"Guid": s.guid(p.guid), "Id": p.id, "Dn": p.dn, "Description": v.Description, "Status": status,
		"CreatedOn": s.date(p.CreatedOn), "ApprovalSubmissionDate": s.date(p.submitted),
		"Applications": s.references(applications), "Collections": s.references(collections),
		"CustomFieldAttributes": object{"Items": s.fieldObjects(v.CustomFields)},
	}
	for _, member := range listMembers {
		o[member] = items(s.spell(*v.list(member)))
	}
	for _, kind := range environmentKinds {
		of := kept(p.environments, func(e *environment) bool { return e.kind() == kind })
		o[kind+"Environments"] = mapped(of, s.listedEnvironment)
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

// spell copies a list the way the settings say.
func (s *Server) spell(list []string) []string {
	if s.settings.ListSpelling == "" {
		return list
	}
	out, how := slices.Clone(list), s.settings.ListSpelling
	if hasWord(how, "upper") {
		out = mapped(list, strings.ToUpper)
	}
	if hasWord(how, "sorted") {
		slices.Sort(out)
	}
	if hasWord(how, "reversed") {
		slices.Reverse(out)
	}
	return out
}

func (s *Server) fieldObjects(fields map[string][]string) []object {
	out := []object{}
	for _, name := range sortedKeys(fields) {
		if len(fields[name]) > 0 || s.settings.EmptyFieldsShown {
			out = append(out, object{
				"FieldName": name, "Values": notNil(fields[name]), "Type": s.settings.fieldType(name),
			})
		}
	}
	return out
}

// fieldType is the type of a custom field.
func (m ProjectModes) fieldType(name string) int { return cmp.Or(m.CustomFieldTypes[name], 1) }

var environmentKinds = []string{"Certificate", "KeyPair", "CSP", "DotNet", "GPG", "Apple"}

// environmentObject is what a project and GetEnvironment show of an environment.
func (s *Server) environmentObject(e *environment) object {
	dn := choose(s.settings.DoubledDNS, strings.ReplaceAll(e.dn, `\`, `\\`), e.dn)
	return object{
		"Guid": s.guid(e.guid), "Id": e.id, "Dn": dn, "Description": e.Description, "Status": e.status,
		"Disabled": e.status == disabled, "TemplateDN": e.Template, "Type": environmentType(e.kind()),
	}
}

func environmentType(kind string) string {
	return "Code Signing " + choose(kind == "KeyPair", "Key Pair", kind) + " Environment"
}

// listedEnvironment is an environment in a project.
func (s *Server) listedEnvironment(e *environment) object {
	o := s.environmentObject(e)
	o["KeyAlgorithm"] = object{"Dirty": false, "Info": 0, "Value": e.value("KeyAlgorithm")}
	o["CertificateDN"] = e.certificateDN()
	return o
}

// references describes applications or collections; one that is gone keeps its DN.
func (s *Server) references(dns []string) []object {
	return mapped(dns, func(dn string) object {
		if it := s.objects.at(dn); it != nil {
			return s.objectObject(it)
		}
		return object{"Dn": dn}
	})
}

func (s *Server) objectObject(it *item) object {
	o := object{"Guid": s.guid(it.guid), "Id": it.id, "Dn": it.dn, "Description": it.source.Description}
	if it.class == classApplication {
		o["Version"], o["Location"] = it.source.Version, it.source.Location
		pattern := choose(s.settings.OldArgumentPattern, "PermittedArgumentPattern", "CommandRestrictionRegex")
		o[pattern] = ""
	}
	if it.class == classCollection {
		applications, _ := s.split(mapped(it.source.Members, applicationDN))
		o["ApplicationDNs"] = items(applications)
	}
	return o
}
