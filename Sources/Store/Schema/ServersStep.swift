/// Where a mailbox is lies by itself in its settings, since some providers have no servers of one's own.
enum ServersStep {
    static let sqlite = """
        UPDATE mailboxes SET settings = json_set(json_remove(settings, '$.imap', '$.smtp'), '$.servers',
            json_object('imap', json(json_extract(settings, '$.imap')), 'smtp', json(json_extract(settings, '$.smtp'))))
            WHERE json_extract(settings, '$.imap') IS NOT NULL;
        """
}
