package simulator

import (
	"fmt"
	"slices"
)

// members are the DNs of a collection's applications and collections.
func (s *Server) members(it *item) (applications, collections []string) {
	applications, collections = []string{}, []string{}
	for _, name := range it.source.Members {
		dn := placeDN("", applicationsRoot, name)
		if member := s.objects.byDN[foldDN(dn)]; member != nil && member.class == classCollection {
			collections = append(collections, dn)
			continue
		}
		applications = append(applications, dn)
	}
	return applications, collections
}

// objectRef is how a request names an application or a collection inside a member.
type objectRef struct {
	DN, GUID string
	ID       int64
}

func (c *call) referenced(member, class string) *item {
	var ref objectRef
	if !c.into(&ref, member) {
		return nil
	}
	it := c.objects.byID[ref.ID]
	switch {
	case ref.DN != "":
		it = c.objects.byDN[foldDN(ref.DN)]
	case ref.GUID != "":
		it = c.objects.byGUID[foldGUID(ref.GUID)]
	}
	if it == nil || it.class != class {
		c.stop(c.missing(member))
	}
	return it
}

// countReferences counts the projects and collections that list an application or a collection.
func countReferences(c *call) answer {
	it := c.referenced("Application", classApplication)
	if it == nil {
		it = c.referenced("ApplicationCollection", classCollection)
	}
	if it == nil {
		c.stop(badRequest("Application or ApplicationCollection is required."))
	}
	count := 0
	for _, other := range c.objects.order {
		var listed []string
		switch other.class {
		case classProject:
			listed = slices.Concat(other.project.applications, other.project.collections)
		case classCollection:
			applications, collections := c.members(other)
			listed = slices.Concat(applications, collections)
		}
		if slices.ContainsFunc(listed, func(dn string) bool { return foldDN(dn) == foldDN(it.dn) }) {
			count++
		}
	}
	return signOK(object{"Count": count})
}

// environmentType is the class of an environment, or with a suffix that of its template.
func environmentType(kind, suffix string) string {
	if kind == "KeyPair" {
		kind = "Key Pair"
	}
	return "Code Signing " + kind + " Environment" + suffix
}

const defaultKeyAlgorithm = "RSA2048"

func (e *environment) keyAlgorithm() string {
	if e.KeyAlgorithm == "" {
		return defaultKeyAlgorithm
	}
	return e.KeyAlgorithm
}

// certificateDN is nil for the kinds that have no certificate.
func (e *environment) certificateDN() any {
	switch {
	case e.CertificateDN != "":
		return e.CertificateDN
	case e.kind() != "Certificate" && e.kind() != "Apple":
		return nil
	}
	return fmt.Sprintf(`\VED\Policy\Code Signing\%s %s`, lastPart(parentDN(e.dn)), lastPart(e.dn))
}

// enumerateTemplates lists the templates that environments are made from.
func enumerateTemplates(c *call) answer {
	filter, lists := c.str("Filter"), object{}
	for _, kind := range environmentKinds {
		lists[kind+"Templates"] = c.templatesOf(kind, filter)
	}
	return signOK(lists)
}

func (s *Server) templatesOf(kind, filter string) []object {
	seen, list := map[string]bool{}, []object{}
	for _, it := range s.objects.of(classProject) {
		for _, e := range it.project.environments {
			if e.Template == "" || e.kind() != kind || seen[foldDN(e.Template)] || !matchesFilter(filter, lastPart(e.Template)) {
				continue
			}
			seen[foldDN(e.Template)] = true
			list = append(list, object{
				"Dn": e.Template, "Guid": s.guid(guidOf("template", e.Template)), "Id": 100_000 + len(seen), "Description": "",
				"Type": environmentType(kind, " Template"), "KeyAlgorithm": object{"Info": 0, "Value": object{"Items": []string{e.keyAlgorithm()}}},
				"VisibleTo": items(nil),
			})
		}
	}
	return list
}

func globalConfiguration(*call) answer {
	software := []string{"Software"}
	return signOK(object{"GlobalConfiguration": object{
		"ApprovedKeyStorageLocations": items(software), "AvailableKeyStorageLocations": items(software),
		"DefaultCAContainer": `\VED\Policy\Code Signing\CAs`, "DefaultCertificateContainer": `\VED\Policy\Code Signing`,
		"DefaultCredentialContainer": `\VED\Policy\Code Signing\Credentials`, "KeyUseTimeout": 60,
		"ProjectDescriptionTooltip": "", "RequestInProgressMessage": "",
	}})
}
