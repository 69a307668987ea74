package auth

const pathCertificate = "/vedauth/authorize/certificate"

// certificateRequest is the body of authorize/certificate (OAS26); the certificate itself is part of TLS.
type certificateRequest struct {
	ClientID string `json:"client_id"`
	Scope    string `json:"scope"`
}

func certificateGrant(c Credentials, end *endpoint) grant {
	from := attrP12Data
	if c.P12File != "" {
		from = shownPath(c.P12File)
	}
	body := certificateRequest{ClientID: c.ClientID, Scope: c.Scope}
	return &webGrant{
		end:    end,
		name:   "client certificate grant of " + from,
		path:   pathCertificate,
		advice: "Check that the server trusts the issuer of the client certificate, that the certificate is mapped to a user, and that the API integration " + quoted(c.ClientID) + " (client_id) allows certificates and this user.",
		read:   func() (credential, error) { return credential{body: body}, nil },
	}
}
