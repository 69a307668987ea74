package auth

import (
	"slices"
	"strings"
)

// method answers the chosen way and the names of the places it came from.
func (r *resolver) method() (Method, []string) {
	inBlock := methodsIn(&r.block)
	switch {
	case len(inBlock) == 0 && r.emptyInBlock():
		return noMethod, nil // which has been said; what the environment holds was not meant
	case len(inBlock) == 0:
		return r.methodFromEnvironment()
	case len(inBlock) == 1:
		r.addAll(r.incomplete(inBlock[0]))
		return inBlock[0], r.givenBy(inBlock[0])
	}
	r.addConflict(inBlock)
	return noMethod, nil
}

// methodFromEnvironment takes the first whole way. Half a way, such as a user without a password, is no way as long as
// there is a whole one; where there is none it says what is missing.
func (r *resolver) methodFromEnvironment() (Method, []string) {
	present := methodsIn(&r.env)
	for _, w := range present {
		if len(r.incomplete(w)) == 0 {
			return w, r.givenBy(w)
		}
	}
	if len(present) == 0 {
		r.add(noMethodError())
		return noMethod, nil
	}
	r.addAll(r.incomplete(present[0]))
	return noMethod, nil
}

func (r *resolver) addAll(problems []*Error) { r.problems = append(r.problems, problems...) }

// emptyInBlock is true where the block names a way, and gives it nothing.
func (r *resolver) emptyInBlock() bool {
	return slices.ContainsFunc(settings, func(e setting) bool {
		return e.method != noMethod && e.isEmptyIn(&r.block)
	})
}

// methodsIn are the ways of which a place gives at least one part. An empty text is no part.
func methodsIn(s *Settings) []Method {
	var found []Method
	for _, e := range settings {
		v := *e.field(s)
		if v != nil && strings.TrimSpace(*v) != "" && e.method != noMethod && !slices.Contains(found, e.method) {
			found = append(found, e.method)
		}
	}
	return found
}

// givenBy are the names of the places that give the parts of a way.
func (r *resolver) givenBy(w Method) []string {
	var names []string
	for _, e := range settings {
		if _, name, ok := r.lookup(e.attribute); ok && e.method == w && !r.overriddenByBlock(e.attribute) {
			names = append(names, name)
		}
	}
	return names
}

// overriddenByBlock is true for VENAFI_P12_CERTIFICATE where the block gives the same thing as data.
func (r *resolver) overriddenByBlock(attribute string) bool {
	return attribute == attrP12File && r.block.P12File == nil && r.block.P12Data != nil
}

// incomplete says what is missing to, or too much in, a way of which at least a part is given.
func (r *resolver) incomplete(w Method) []*Error {
	switch w {
	case Password:
		return append(r.missingPair(attrUsername, attrPassword), r.missingPair(attrPassword, attrUsername)...)
	case Certificate:
		return r.certificateProblems()
	default: // the others have one part each
		return nil
	}
}

// missingPair reports missing where present is given and its other half is not.
func (r *resolver) missingPair(present, missing string) []*Error {
	_, name, has := r.lookup(present)
	_, _, hasOther := r.lookup(missing)
	if !has || hasOther {
		return nil
	}
	return []*Error{{
		Attribute: missing,
		Summary:   missing + " is missing",
		Detail:    name + " is set, and the password grant needs both: set " + missing + " or the environment variable " + variableOf(missing) + ".",
	}}
}

func (r *resolver) certificateProblems() []*Error {
	if r.block.P12File != nil && r.block.P12Data != nil {
		return []*Error{{
			Attribute: attrP12Data,
			Summary:   "The client certificate is given twice",
			Detail:    "p12_cert_filename and p12_cert_data are both set: keep one of them.",
		}}
	}
	_, _, hasFile := r.lookup(attrP12File)
	_, _, hasData := r.lookup(attrP12Data)
	if hasFile || hasData {
		return nil
	}
	_, name, _ := r.lookup(attrP12Password)
	return []*Error{{
		Attribute: attrP12File,
		Summary:   "The client certificate is missing",
		Detail: name + " is set, but nothing that it opens: set p12_cert_filename (or VENAFI_P12_CERTIFICATE) to a PKCS#12 file, " +
			"or p12_cert_data to its content in base64.",
	}}
}

// addConflict names every attribute of the block that begins a way, and points at the second.
func (r *resolver) addConflict(inBlock []Method) {
	var names []string
	for _, w := range inBlock {
		names = append(names, firstAttribute(&r.block, w))
	}
	r.add(&Error{
		Attribute: names[1],
		Summary:   "More than one way of authenticating",
		Detail:    "The provider block holds " + strings.Join(names, " and ") + ", each of which is a way of authenticating of its own: keep one of them.",
	})
}

func firstAttribute(s *Settings, w Method) string {
	for _, e := range settings {
		if v := *e.field(s); e.method == w && v != nil && strings.TrimSpace(*v) != "" {
			return e.attribute
		}
	}
	return ""
}

func noMethodError() *Error {
	return &Error{
		Summary: "No way of authenticating is given",
		Detail: "Set one of these in the provider block, or its environment variable: access_token (VENAFI_TOKEN), " +
			"refresh_token_file (VENAFI_REFRESH_TOKEN_FILE), tpp_username and tpp_password (VENAFI_USER, VENAFI_PASS), " +
			"p12_cert_filename (VENAFI_P12_CERTIFICATE) or p12_cert_data, external_jwt (VENAFI_EXTERNAL_JWT), " +
			"external_jwt_file (VENAFI_EXTERNAL_JWT_FILE).",
	}
}
