package auth

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"unicode"
)

// Resolve selects one authentication method. The block takes precedence over the environment, value
// by value. A method in the block overrides all methods of the environment; of several complete
// methods in the environment the first in the table counts. All errors are reported at once; the
// credentials are valid only if there are none.
func Resolve(block, env Settings) (Credentials, []*Error) {
	if _, ok := block[attrP12Data]; ok { // it replaces the file of the environment
		env = maps.Clone(env)
		delete(env, attrP12File)
	}
	r := resolver{block: block, env: env}
	r.checkEmpty()
	c := Credentials{
		Method:      r.method(),
		BaseURL:     r.baseURL(),
		ClientID:    cmp.Or(strings.TrimSpace(r.text(attrClientID)), DefaultClientID),
		Scope:       cmp.Or(strings.TrimSpace(r.text(attrScope)), DefaultScope),
		TrustBundle: r.text(attrTrustBundle),
		values:      Settings{},
	}
	for _, e := range settings {
		value, name, ok := r.lookup(e.attribute)
		if ok && e.method == c.Method && e.method != noMethod {
			c.GivenBy = append(c.GivenBy, name)
			c.values[e.attribute] = r.read(e, value, name)
		}
	}
	return c, r.problems
}

type resolver struct {
	block, env Settings
	problems   []*Error
}

// add records a problem. It ignores nil, so that callers pass on the result of a check.
func (r *resolver) add(p *Error) {
	if p != nil {
		r.problems = append(r.problems, p)
	}
}

// lookup returns the value of an attribute and the name of its source. The block takes precedence.
func (r *resolver) lookup(attribute string) (value, name string, ok bool) {
	if value, ok = r.block[attribute]; ok {
		return value, attribute, true
	}
	value, ok = r.env[attribute]
	return value, Variable(attribute), ok
}

func (r *resolver) text(attribute string) string {
	v, _, _ := r.lookup(attribute)
	return v
}

// checkEmpty rejects empty attributes: a silent fallback to the environment could use another
// account. Only client_id and scope have a default.
func (r *resolver) checkEmpty() {
	for _, e := range settings {
		if !e.isEmptyIn(r.block) {
			continue
		}
		advice := "Set a value, or null"
		if e.variable != "" {
			advice += " to use the environment variable " + e.variable
		}
		if e.attribute == attrClientID || e.attribute == attrScope {
			advice += " or the default"
		}
		r.add(invalid(e.attribute, e.attribute+" is empty", advice+"."))
	}
}

// method returns the selected method. An empty value of a method in the block overrides the
// environment; checkEmpty has reported it.
func (r *resolver) method() Method {
	inBlock := methodsIn(r.block)
	switch {
	case len(inBlock) > 1:
		r.addConflict(inBlock)
		return noMethod
	case len(inBlock) == 1:
		r.add(r.incomplete(inBlock[0].method))
		return inBlock[0].method
	case slices.ContainsFunc(settings, func(e setting) bool { return e.method != noMethod && e.isEmptyIn(r.block) }):
		return noMethod
	}
	return r.methodFromEnvironment()
}

// methodFromEnvironment returns the first complete method. It reports an incomplete one, such as a
// user without a password, only if there is no complete one.
func (r *resolver) methodFromEnvironment() Method {
	present := methodsIn(r.env)
	for _, e := range present {
		if r.incomplete(e.method) == nil {
			return e.method
		}
	}
	if len(present) > 0 {
		r.add(r.incomplete(present[0].method))
		return noMethod
	}
	r.add(invalid("", "No authentication method is set", "Set one of these arguments of the provider block, or its "+
		"environment variable: access_token (VENAFI_TOKEN), refresh_token_file (VENAFI_REFRESH_TOKEN_FILE), "+
		"tpp_username and tpp_password (VENAFI_USER, VENAFI_PASS), p12_cert_filename (VENAFI_P12_CERTIFICATE) or "+
		"p12_cert_data, external_jwt (VENAFI_EXTERNAL_JWT), external_jwt_file (VENAFI_EXTERNAL_JWT_FILE)."))
	return noMethod
}

// addConflict names the first attribute of each method in the block, and reports the error at the
// second.
func (r *resolver) addConflict(inBlock []setting) {
	var names []string
	for _, e := range inBlock {
		names = append(names, e.attribute)
	}
	r.add(invalid(names[1], "More than one authentication method", "The provider block sets "+
		strings.Join(names, " and ")+". Each selects an authentication method. Keep one of them."))
}

// incomplete reports what a method lacks, or has twice. It returns nil for a complete one.
func (r *resolver) incomplete(m Method) *Error {
	switch m {
	case Password:
		return cmp.Or(r.missingPair(attrUsername, attrPassword), r.missingPair(attrPassword, attrUsername))
	case Certificate:
		return r.certificateProblem()
	default: // the other methods have one value each
		return nil
	}
}

// missingPair reports missing if present is set and missing is not.
func (r *resolver) missingPair(present, missing string) *Error {
	_, name, has := r.lookup(present)
	_, _, hasOther := r.lookup(missing)
	if !has || hasOther {
		return nil
	}
	return invalid(missing, missing+" is missing", name+" is set, but the password grant needs both values. Set "+
		missing+" or the environment variable "+Variable(missing)+".")
}

func (r *resolver) certificateProblem() *Error {
	_, hasFile := r.block[attrP12File]
	_, hasData := r.block[attrP12Data]
	if hasFile && hasData {
		return invalid(attrP12Data, "The client certificate is set twice",
			"p12_cert_filename and p12_cert_data are both set. Keep one of them.")
	}
	if _, _, ok := r.lookup(attrP12File); ok || hasData {
		return nil
	}
	_, name, _ := r.lookup(attrP12Password)
	return invalid(attrP12File, "The client certificate is missing", name+" is set, but no certificate. Set "+
		"p12_cert_filename (or VENAFI_P12_CERTIFICATE) to the path of a PKCS#12 file, or p12_cert_data to its content "+
		"in base64.")
}

func (r *resolver) baseURL() string {
	value, name, ok := r.lookup(attrURL)
	if !ok {
		r.add(invalid(attrURL, "The server's url is missing", "Set url in the provider block or the environment "+
			"variable VENAFI_URL, for example https://codesign.example.com."))
		return ""
	}
	if strings.TrimSpace(value) == "" {
		return ""
	}
	base, problem := parseURL(value)
	if problem != nil {
		problem.Detail = "From " + name + ": " + problem.Detail
	}
	r.add(problem)
	return base
}

// read returns a value in the form in which it is used, and reports one that cannot be meant.
func (r *resolver) read(e setting, value, name string) string {
	if e.kind == secret {
		return value
	}
	value = strings.TrimSpace(value)
	if e.kind == token { // files and shells add a byte order mark and line breaks
		value = strings.TrimSpace(strings.TrimPrefix(value, "\ufeff"))
	}
	if kind := certainContent(value); kind != "" && e.content != "" {
		r.add(invalid(e.attribute, name+" is not a path", "The value is not shown, because "+kind+". Set "+name+
			" to the path of a file that contains "+e.content+". In a pipeline, use a variable of type file, or a "+
			"step that writes the file."))
	}
	if fault := tokenProblem(value); fault != "" && e.kind == token {
		r.add(invalid(e.attribute, name+" is not a token", "It "+fault+". Set only the token, without the word "+
			"Bearer, quotation marks or line breaks."))
	}
	return value
}

// tokenProblem describes why a text cannot be a token. It is empty for a possible token.
func tokenProblem(value string) string {
	unusual := func(r rune) bool {
		return strings.ContainsRune(quotes+`{}<>$\`, r) || r > unicode.MaxASCII || !unicode.IsPrint(r)
	}
	switch {
	case strings.ContainsAny(value, "\r\n"):
		return "contains line breaks"
	case bearerStart().MatchString(value):
		return "begins with the word Bearer"
	case strings.ContainsFunc(value, unicode.IsSpace):
		return "contains spaces or line breaks"
	case strings.TrimLeft(value, quotes) != value, strings.TrimRight(value, `"'`) != value:
		return "is in quotation marks"
	case strings.ContainsFunc(value, unusual):
		return "contains characters that a token cannot have"
	}
	return ""
}
