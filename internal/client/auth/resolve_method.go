package auth

import (
	"slices"
	"strings"
)

// method returns the selected method and the names of its sources.
func (r *resolver) method() (Method, []string) {
	inBlock := methodsIn(&r.block)
	switch {
	case len(inBlock) == 0 && r.emptyInBlock():
		return noMethod, nil // reported by checkEmpty; the block overrides the environment
	case len(inBlock) == 0:
		return r.methodFromEnvironment()
	case len(inBlock) == 1:
		r.addAll(r.incomplete(inBlock[0]))
		return inBlock[0], r.givenBy(inBlock[0])
	}
	r.addConflict(inBlock)
	return noMethod, nil
}

// methodFromEnvironment returns the first complete method. It reports an incomplete one, such as a
// user without a password, only if there is no complete one.
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

// emptyInBlock is true if the block names a method with an empty value.
func (r *resolver) emptyInBlock() bool {
	return slices.ContainsFunc(settings, func(e setting) bool {
		return e.method != noMethod && e.isEmptyIn(&r.block)
	})
}

// methodsIn returns the methods with at least one value that is not empty.
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

// givenBy returns the names of the sources of a method's values.
func (r *resolver) givenBy(w Method) []string {
	var names []string
	for _, e := range settings {
		if _, name, ok := r.lookup(e.attribute); ok && e.method == w && !r.overriddenByBlock(e.attribute) {
			names = append(names, name)
		}
	}
	return names
}

// overriddenByBlock is true for VENAFI_P12_CERTIFICATE if the block sets p12_cert_data.
func (r *resolver) overriddenByBlock(attribute string) bool {
	return attribute == attrP12File && r.block.P12File == nil && r.block.P12Data != nil
}

// incomplete reports what a method lacks, or has twice.
func (r *resolver) incomplete(w Method) []*Error {
	switch w {
	case Password:
		return append(r.missingPair(attrUsername, attrPassword), r.missingPair(attrPassword, attrUsername)...)
	case Certificate:
		return r.certificateProblems()
	default: // the other methods have one value each
		return nil
	}
}

// missingPair reports missing if present is set and missing is not.
func (r *resolver) missingPair(present, missing string) []*Error {
	_, name, has := r.lookup(present)
	_, _, hasOther := r.lookup(missing)
	if !has || hasOther {
		return nil
	}
	return []*Error{{
		Attribute: missing,
		Summary:   missing + " is missing",
		Detail: name + " is set, but the password grant needs both values. Set " + missing + " or the environment " +
			"variable " + variableOf(missing) + ".",
	}}
}

func (r *resolver) certificateProblems() []*Error {
	if r.block.P12File != nil && r.block.P12Data != nil {
		return []*Error{{
			Attribute: attrP12Data,
			Summary:   "The client certificate is set twice",
			Detail:    "p12_cert_filename and p12_cert_data are both set. Keep one of them.",
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
		Detail: name + " is set, but no certificate. Set p12_cert_filename (or VENAFI_P12_CERTIFICATE) to the path " +
			"of a PKCS#12 file, or p12_cert_data to its content in base64.",
	}}
}

// addConflict names the first attribute of each method in the block, and reports the error at the
// second.
func (r *resolver) addConflict(inBlock []Method) {
	var names []string
	for _, w := range inBlock {
		names = append(names, firstAttribute(&r.block, w))
	}
	r.add(&Error{
		Attribute: names[1],
		Summary:   "More than one authentication method",
		Detail: "The provider block sets " + strings.Join(names, " and ") + ". Each selects an " +
			"authentication method. Keep one of them.",
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
		Summary: "No authentication method is set",
		Detail: "Set one of these arguments of the provider block, or its environment variable: access_token " +
			"(VENAFI_TOKEN), refresh_token_file (VENAFI_REFRESH_TOKEN_FILE), tpp_username and tpp_password " +
			"(VENAFI_USER, VENAFI_PASS), p12_cert_filename (VENAFI_P12_CERTIFICATE) or p12_cert_data, external_jwt " +
			"(VENAFI_EXTERNAL_JWT), external_jwt_file (VENAFI_EXTERNAL_JWT_FILE).",
	}
}
