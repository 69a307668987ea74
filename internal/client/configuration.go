package client

import (
	"context"
	"reflect"
)

// GlobalConfiguration holds the settings of the installation. A member is nil if the server did not
// send it: older servers have eight of them.
type GlobalConfiguration = configuration[[]string, *string, *bool, *int64]

type wireConfiguration = configuration[optionalItems[flexString], *flexString, flexBool, flexInt]

// configuration has the members, with the types of lists, texts, flags and numbers.
type configuration[L, S, B, N any] struct {
	ApprovedKeyStorageLocations, AvailableKeyStorageLocations L

	DefaultCAContainer, DefaultCertificateContainer, DefaultCredentialContainer S

	EnforceGroupRoles, PreventSelfDealing, PreventUnlimitedSignings B
	DisableSigningArchive, UseClientPublicEndpoints                 B

	KeyUseTimeout, MaxEnvironmentCount, ArchiveRetention N

	MinimumSupportedClientVersion, MaximumSupportedClientVersion S

	ProjectCreateFlowDN, ProjectUpdateFlowDN, ProjectDeleteFlowDN             S
	EnvironmentCreateFlowDN, EnvironmentUpdateFlowDN, EnvironmentDeleteFlowDN S
	EnvironmentTemplateUpdateFlowDN                                           S
	RequestInProgressMessage, FlowInstanceMacro, ProjectDescriptionTooltip    S
}

// GetGlobalConfiguration reads the settings of the installation.
func (c *Client) GetGlobalConfiguration(ctx context.Context) (*GlobalConfiguration, error) {
	var out configurationAnswer
	r, err := c.ask(ctx, opGetGlobalConfiguration, nil, &out)
	if err != nil {
		return nil, err
	}
	if out.GlobalConfiguration == nil {
		return nil, r.empty("no configuration in the answer")
	}
	return newConfiguration(out.GlobalConfiguration), nil
}

// GetGlobalConfigurationCached is GetGlobalConfiguration once for the life of the client. A failure
// that every other call would have too is kept as well.
func (c *Client) GetGlobalConfigurationCached(ctx context.Context) (*GlobalConfiguration, error) {
	known, err := c.settings.Get(ctx, "", func(ctx context.Context) (knownConfiguration, error) {
		found, err := c.GetGlobalConfiguration(ctx)
		switch ReasonOf(err) {
		case MissingScope, Forbidden, Unsupported, EmptyAnswer, Refused:
			return knownConfiguration{failed: err}, nil
		default:
			return knownConfiguration{found: found}, err
		}
	})
	if err != nil {
		return nil, asError(opGetGlobalConfiguration, err)
	}
	return known.found, known.failed
}

type knownConfiguration struct {
	found  *GlobalConfiguration
	failed error
}

type configurationAnswer struct {
	signEnvelope
	GlobalConfiguration *wireConfiguration
}

func (a *configurationAnswer) bodyResult() bodyResult {
	return a.resultWith(a.GlobalConfiguration != nil)
}

// newConfiguration converts each member by its type.
func newConfiguration(w *wireConfiguration) *GlobalConfiguration {
	out := &GlobalConfiguration{}
	from, to := reflect.ValueOf(w).Elem(), reflect.ValueOf(out).Elem()
	for i := range from.NumField() {
		switch sent := from.Field(i).Interface().(type) {
		case optionalItems[flexString]:
			to.Field(i).Set(reflect.ValueOf(optionalTexts(sent)))
		case *flexString:
			to.Field(i).Set(reflect.ValueOf((*string)(sent)))
		case flexBool:
			to.Field(i).Set(reflect.ValueOf(optional(sent.value, sent.set)))
		case flexInt:
			to.Field(i).Set(reflect.ValueOf(optional(sent.n, sent.set)))
		}
	}
	return out
}
