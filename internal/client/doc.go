// Package api speaks the REST API of the code signing server ("WebSDK") and nothing else.
//
// It knows nothing of Terraform. Every call takes a context, returns typed values or an [*Error], and decodes every
// spelling that the server's documentation (DOC), its OpenAPI description (OAS) and the vendor's clients disagree about.
// Names, enumerations and scopes follow OAS, shapes follow DOC.
package client
