package client

import "encoding/json"

// wireSettings are the members of a project that UpdateProject replaces.
type wireSettings struct {
	Description                                 flexString
	Owners, Auditors, KeyUsers, KeyUseApprovers optionalItems[trustee]
	ApplicationDNs                              optionalItems[flexString] //nolint:revive // the server's name
	CustomFieldAttributes                       optionalItems[wireField]
}

// optionalItems distinguishes an empty list from an absent one, which an update must not clear.
type optionalItems[T any] struct {
	list    items[T]
	present bool
}

func (l *optionalItems[T]) UnmarshalJSON(data []byte) error {
	l.present = data[0] != 'n'
	return l.list.UnmarshalJSON(data)
}

type wireField struct {
	FieldName flexString
	Values    items[flexString]
	Type      flexInt
}

func (w *wireSettings) fill(p *Project) {
	p.Description = string(w.Description)
	p.Owners, p.Auditors = optionalTexts(w.Owners), optionalTexts(w.Auditors)
	p.KeyUsers, p.KeyUseApprovers = optionalTexts(w.KeyUsers), optionalTexts(w.KeyUseApprovers)
	p.ApplicationDNs = optionalTexts(w.ApplicationDNs)
	p.CustomFields = customFields(w.CustomFieldAttributes)
}

func optionalTexts[T ~string](l optionalItems[T]) []string {
	list := texts(l.list)
	if list == nil && l.present {
		return []string{}
	}
	return list
}

// customFields keeps the order of the server and the values as they are.
func customFields(sent optionalItems[wireField]) []CustomField {
	if !sent.present {
		return nil
	}
	fields := make([]CustomField, 0, len(sent.list))
	for _, f := range sent.list {
		values := make([]string, len(f.Values))
		for i, value := range f.Values {
			values[i] = string(value)
		}
		fields = append(fields, CustomField{Name: string(f.FieldName), Values: values, Type: int(f.Type.n)})
	}
	return fields
}

// rawSettings are wireSettings that are not decoded yet.
type rawSettings struct {
	Description, Owners, Auditors, KeyUsers, KeyUseApprovers json.RawMessage
	ApplicationDNs, CustomFieldAttributes                    json.RawMessage //nolint:revive // the server's names
}

// maxSettingsSize limits, in bytes, the settings that an enumeration keeps of a project. Larger ones
// are read by themselves.
const maxSettingsSize = 8 << 10

func (r *rawSettings) limited() *rawSettings {
	size := len(r.Description) + len(r.Owners) + len(r.Auditors) + len(r.KeyUsers) + len(r.KeyUseApprovers) +
		len(r.ApplicationDNs) + len(r.CustomFieldAttributes)
	if size > maxSettingsSize {
		return nil
	}
	return new(*r)
}

// decode reports false if a list of the settings is missing or cannot be read.
func (r *rawSettings) decode() (s wireSettings, complete bool) {
	if r == nil || r.Owners == nil || r.Auditors == nil || r.KeyUsers == nil || r.KeyUseApprovers == nil ||
		r.ApplicationDNs == nil {
		return s, false
	}
	all, err := json.Marshal(r)
	return s, err == nil && json.Unmarshal(all, &s) == nil
}
