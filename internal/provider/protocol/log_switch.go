package protocol

import "strings"

// silence are the variables, beside those that are set, that make the plugin
// libraries write no log: without them each call writes some forty lines of JSON,
// which a CLI reads and throws away unless TF_LOG is set. Nothing is silenced
// where somebody has set any variable of the log.
func silence(environment []string) map[string]string {
	for _, entry := range environment {
		name, value, _ := strings.Cut(entry, "=")
		if strings.HasPrefix(name, "TF_LOG") && value != "" && !strings.EqualFold(value, off) {
			return nil
		}
	}
	return map[string]string{"TF_LOG_SDK": off, "TF_LOG_PROVIDER_CODESIGN": off}
}

const off = "off"
