package auth

const pathPassword = "/vedauth/authorize/oauth"

// passwordRequest is the body of authorize/oauth (OAS26).
type passwordRequest struct {
	ClientID string `json:"client_id"`
	Username string `json:"username"`
	Password string `json:"password"`
	Scope    string `json:"scope"`
}

func passwordGrant(c Credentials, end *endpoint) grant {
	body := passwordRequest{ClientID: c.ClientID, Username: c.Username, Password: c.password.reveal(), Scope: c.Scope}
	return &webGrant{
		end:    end,
		name:   "password grant of " + sanitized(c.Username),
		path:   pathPassword,
		advice: "Check tpp_username (with the prefix of its identity provider, such as local: or AD+name:), tpp_password, and that the API integration " + quoted(c.ClientID) + " (client_id) exists and allows this user.",
		read:   func() (credential, error) { return credential{body: body}, nil },
	}
}
