package ticket

import (
	"github.com/hashicorp/terraform-plugin-framework-validators/listvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/attr"
)

const (
	provided = " Blocks of this type carry `provider = codesign`."
	consumed = "The server consumes a ticket after its decision: from then on it is not there any more"
)

func oneSchema() schema.Schema {
	attributes := ticketDataTicketAttributes()
	attributes["guid"] = schema.StringAttribute{
		CustomType: attr.GUIDType{}, Required: true,
		Validators:          []validator.String{attr.ValidGUID()},
		MarkdownDescription: "GUID of the ticket, with or without braces, in any case.",
	}
	return schema.Schema{
		MarkdownDescription: "One workflow ticket: its status, what it blocks, and who may decide it. " + consumed + ", which is an error." + provided,
		Attributes:          attributes,
	}
}

func manySchema() schema.Schema {
	element := ticketDataTicketAttributes()
	element["guid"] = schema.StringAttribute{CustomType: attr.GUIDType{}, Computed: true, MarkdownDescription: "GUID of the ticket, without braces."}
	object := schema.NestedAttributeObject{Attributes: element}
	return schema.Schema{
		MarkdownDescription: "The workflow tickets that block an object, or that have some user data. " + consumed + " and leaves these lists, so a " +
			"resource for each of them would go as well: keep the GUIDs of a change, as the example does. " +
			"Takes one request for the list and one for each ticket." + provided,
		Attributes: map[string]schema.Attribute{
			"object_dn": schema.StringAttribute{
				CustomType: attr.DNType{}, Optional: true,
				Validators: []validator.String{attr.ValidDN()},
				MarkdownDescription: "DN of the object that waits for the tickets, like `\\VED\\Policy\\Web\\shop.example.test`; in HCL each backslash is written twice. " +
					"Case does not matter. At least one of `object_dn` and `user_data` is configured; with both a ticket has to fit both.",
			},
			"user_data": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "What the tickets were given when they were created, to be found by. At least one of `object_dn` and `user_data` is configured.",
				Validators:          []validator.String{stringvalidator.LengthAtLeast(1)},
			},
			"statuses": schema.ListAttribute{
				Optional: true, ElementType: types.StringType,
				MarkdownDescription: "Statuses of which a ticket has to have one, in the server's words: `Pending`, `Approved`, `Approved After`, `Approved Between`, `Rejected`. Default: any.",
				Validators:          []validator.List{listvalidator.NoNullValues(), listvalidator.ValueStringsAre(stringvalidator.LengthAtLeast(1))},
			},
			"allow_empty": schema.BoolAttribute{
				Optional:            true,
				MarkdownDescription: "Say nothing when there is no ticket. Default `false`: a warning.",
			},
			"guids": schema.ListAttribute{
				Computed: true, ElementType: types.StringType,
				MarkdownDescription: "GUIDs of the tickets, sorted. Empty when there are none.",
			},
			"tickets": schema.ListNestedAttribute{
				Computed: true, NestedObject: object,
				MarkdownDescription: "The tickets, sorted by `guid`. Empty when there are none.",
			},
			"by_guid": schema.MapNestedAttribute{
				Computed: true, NestedObject: object,
				MarkdownDescription: "The same tickets by their GUID, for `for_each`.",
			},
		},
	}
}

// ticketDataTicketAttributes are those that nobody configures.
func ticketDataTicketAttributes() map[string]schema.Attribute {
	told := func(text string) schema.Attribute {
		return schema.StringAttribute{Computed: true, MarkdownDescription: text + " Null if the server does not tell."}
	}
	return map[string]schema.Attribute{
		"status": schema.StringAttribute{
			Computed: true,
			MarkdownDescription: "What the server says, in its own words: `Pending`, `Approved`, `Approved After`, `Approved Between` or `Rejected`. " +
				"Some servers tell every approval as `Approved`.",
		},
		"schedule": schema.SingleNestedAttribute{
			Computed:            true,
			MarkdownDescription: "The window of a scheduled approval. Null if it has none, or the server does not tell.",
			Attributes: map[string]schema.Attribute{
				"start": told("The moment from which the ticket may go on, in RFC 3339, UTC."),
				"stop":  told("The moment from which it may not go on any more, in RFC 3339, UTC."),
			},
		},
		"approvers": schema.ListAttribute{
			Computed: true, ElementType: types.StringType,
			MarkdownDescription: "Who may decide the ticket, as prefixed universals, sorted.",
		},
		"blocking":        told("Distinguished name of the object that waits for the ticket."),
		"issued_due_to":   told("Distinguished name of the workflow that raised the ticket."),
		"created":         told("When the ticket was raised, in RFC 3339, UTC."),
		"updated":         told("When the ticket was changed last, in RFC 3339, UTC."),
		"approval_reason": told("Why an approval is asked for."),
		"approval_from":   told("Who decided the ticket; newer servers leave it out."),
		"explanation":     told("Why the ticket was decided like this."),
	}
}
