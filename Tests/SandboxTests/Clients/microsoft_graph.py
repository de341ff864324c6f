"""Works on a mailbox and a calendar through msgraph-sdk, unmodified.

Reads a JSON object from standard input, writes one to standard output.
"""

import asyncio
import json
import sys
import time
from datetime import datetime, timedelta

from azure.core.credentials import AccessToken
from kiota_abstractions.base_request_configuration import RequestConfiguration
from kiota_authentication_azure.azure_identity_authentication_provider import AzureIdentityAuthenticationProvider
from msgraph import GraphRequestAdapter, GraphServiceClient
from msgraph.generated.models.body_type import BodyType
from msgraph.generated.models.date_time_time_zone import DateTimeTimeZone
from msgraph.generated.models.email_address import EmailAddress
from msgraph.generated.models.event import Event
from msgraph.generated.models.item_body import ItemBody
from msgraph.generated.models.message import Message
from msgraph.generated.models.recipient import Recipient
from msgraph.generated.models.subscription import Subscription
from msgraph.generated.users.item.messages.item.message_item_request_builder import MessageItemRequestBuilder
from msgraph.generated.users.item.send_mail.send_mail_post_request_body import SendMailPostRequestBody
from msgraph_core.requests.batch_request_content import BatchRequestContent
from msgraph_core.requests.batch_request_item import BatchRequestItem

given = json.load(sys.stdin)


class Token:
    def get_token(self, *scopes, **options):
        return AccessToken(given["token"], int(time.time()) + 3600)


def preferring(*words):
    configuration = RequestConfiguration()
    for word in words:
        configuration.headers.add("Prefer", word)
    return configuration


async def main():
    provider = AzureIdentityAuthenticationProvider(Token(), scopes=["x/.default"], allowed_hosts=["127.0.0.1"])
    adapter = GraphRequestAdapter(provider)
    adapter.base_url = given["graph"]
    graph = GraphServiceClient(request_adapter=adapter)
    said = {}

    me = await graph.me.get()
    said["mail"] = me.mail

    folders = await graph.me.mail_folders.get()
    said["folders"] = sorted(folder.display_name for folder in folders.value)

    delta = graph.me.mail_folders.by_mail_folder_id("inbox").messages.delta
    page = await delta.get(preferring('IdType="ImmutableId"', "odata.maxpagesize=2"))
    messages, pages = list(page.value), 1
    while page.odata_next_link:
        page = await delta.with_url(page.odata_next_link).get(preferring('IdType="ImmutableId"', "odata.maxpagesize=2"))
        messages += page.value
        pages += 1
    said["delta"] = {"subjects": sorted(m.subject for m in messages), "pages": pages, "link": bool(page.odata_delta_link)}

    configuration = RequestConfiguration(
        query_parameters=MessageItemRequestBuilder.MessageItemRequestBuilderGetQueryParameters(select=["subject", "body"])
    )
    configuration.headers.add("Prefer", 'IdType="ImmutableId"')
    configuration.headers.add("Prefer", 'outlook.body-content-type="text"')
    one = await graph.me.messages.by_message_id(messages[0].id).get(configuration)
    said["body"] = {"type": one.body.content_type.value, "content": one.body.content}

    source = await graph.me.messages.by_message_id(messages[0].id).content.get()
    said["source"] = source.decode().splitlines()[0]

    letter = Message(
        subject="Offer",
        body=ItemBody(content_type=BodyType.Text, content="Here it is."),
        to_recipients=[Recipient(email_address=EmailAddress(address="carl@customer.example"))],
    )
    await graph.me.send_mail.post(SendMailPostRequestBody(message=letter, save_to_sent_items=False))

    batch = BatchRequestContent()
    for number, message in enumerate(messages[:2]):
        info = graph.me.messages.by_message_id(message.id).to_get_request_information(preferring('IdType="ImmutableId"'))
        batch.add_request(str(number), BatchRequestItem(request_information=info, id=str(number)))
    missing = graph.me.messages.by_message_id("AAMk-no-such").to_get_request_information()
    batch.add_request("missing", BatchRequestItem(request_information=missing, id="missing"))
    answers = await graph.batch.post(batch)
    said["batch"] = answers.get_response_status_codes()

    event = await graph.me.events.post(
        Event(
            subject="Visit",
            start=DateTimeTimeZone(date_time="2026-12-01T10:00:00", time_zone="Europe/Paris"),
            end=DateTimeTimeZone(date_time="2026-12-01T11:00:00", time_zone="Europe/Paris"),
            transaction_id="visit-1",
        )
    )
    said["start"] = event.start.date_time
    changed = await graph.me.events.by_event_id(event.id).patch(Event(subject="Long visit"))
    said["changed"] = changed.subject
    await graph.me.events.by_event_id(event.id).delete()
    said["events"] = len((await graph.me.events.get()).value)

    calendars = await graph.me.calendars.get()
    said["calendars"] = [[c.name, c.can_edit, c.is_default_calendar] for c in calendars.value]


    subscription = await graph.subscriptions.post(
        Subscription(
            change_type="created,updated,deleted",
            notification_url=given["hook"],
            lifecycle_notification_url=given["hook"],
            resource="me/messages",
            expiration_date_time=datetime.fromisoformat(given["now"]) + timedelta(days=2),
            client_state="state of the client",
        )
    )
    said["subscription"] = subscription.id
    json.dump(said, sys.stdout)


asyncio.run(main())
