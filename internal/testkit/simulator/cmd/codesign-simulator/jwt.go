package main

// jwtRecipe makes a token that the sample company trusts and prints it.
const jwtRecipe = `b64() { openssl base64 -A | tr '+/' '-_' | tr -d =; }
head=$(printf '{"alg":"HS256","typ":"JWT"}' | b64)
claims=$(printf '{"sub":"%s","exp":%d}' "$user" "$(($(date +%s) + 600))" | b64)
mac=$(printf '%s.%s' "$head" "$claims" | openssl dgst -sha256 -hmac northwind-demo-key -binary | b64)
echo "$head.$claims.$mac"
`

// jwtHelp ends the output of -h.
const jwtHelp = `
The sample company (-company) knows the client ids terraform-provider-codesign, vcert-cli, vcert-sdk,
vsign-sdk and pyvenafi. It trusts JWTs that are signed with HS256 and the key "northwind-demo-key".
The claim "sub" is a user name, or "repo:northwind/platform:ref:refs/heads/main" for the user
terraform. To make one for ten minutes:

user=ada.brandt
` + jwtRecipe
