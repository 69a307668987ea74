package config_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/config"
)

func TestShared(t *testing.T) {
	type queue struct{ length int }
	configured := func(data *config.Data) *config.ResourceClient {
		c := &config.ResourceClient{}
		c.Configure(t.Context(), resource.ConfigureRequest{ProviderData: data}, &resource.ConfigureResponse{})
		return c
	}
	data := &config.Data{}
	first := config.Shared[queue](configured(data))
	if first.length != 0 || config.Shared[queue](configured(data)) != first {
		t.Error("two resources of one provider do not share one value")
	}
	if config.Shared[queue](configured(&config.Data{})) == first {
		t.Error("resources of two providers share one value")
	}
	if config.Shared[queue](&config.ResourceClient{}) == nil {
		t.Error("there is no value before the provider is configured")
	}
}
