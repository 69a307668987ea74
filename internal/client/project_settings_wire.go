package client

import "github.com/codesign-tf/terraform-provider-codesign/internal/domain/settings"

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
	named   bool // present or null
}

func (l *optionalItems[T]) UnmarshalJSON(data []byte) error {
	l.present, l.named = data[0] != 'n', true
	return l.list.UnmarshalJSON(data)
}

type wireField struct {
	FieldName flexString
	Values    items[flexString]
	Type      flexInt
}

// hasLists is false if the answer lacks a list.
func (w *wireSettings) hasLists() bool {
	return w.Owners.named && w.Auditors.named && w.KeyUsers.named && w.KeyUseApprovers.named && w.ApplicationDNs.named
}

func (w *wireSettings) settings() settings.Settings {
	return settings.Settings{
		Description: string(w.Description), Owners: optionalTexts(w.Owners), Auditors: optionalTexts(w.Auditors),
		KeyUsers: optionalTexts(w.KeyUsers), KeyUseApprovers: optionalTexts(w.KeyUseApprovers),
		Applications: optionalTexts(w.ApplicationDNs), CustomFields: customFields(w.CustomFieldAttributes),
	}
}

func optionalTexts[T ~string](l optionalItems[T]) []string {
	list := texts(l.list)
	if list == nil && l.present {
		return []string{}
	}
	return list
}

// customFields keeps the order of the server and the values as they are.
func customFields(sent optionalItems[wireField]) []settings.CustomField {
	if !sent.present {
		return nil
	}
	fields := make([]settings.CustomField, 0, len(sent.list))
	for _, f := range sent.list {
		values := make([]string, len(f.Values))
		for i, value := range f.Values {
			values[i] = string(value)
		}
		fields = append(fields, settings.CustomField{
			Name: string(f.FieldName), Values: values, Type: int(f.Type.n),
		})
	}
	return fields
}
