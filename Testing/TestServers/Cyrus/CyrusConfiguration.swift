/// The two configuration files of a Cyrus that lives in one folder and runs as one user.
struct CyrusConfiguration {
    let folder: String
    let user: PlainUser
    /// The root under which Debian's cyrus-imapd package was unpacked; its other programs are installed.
    let programs: String
    let imapPort: Int
    let lmtpPort: Int

    var master: String {
        let imapd = "\(folder)/imapd.conf"
        return """
            START {
              recover cmd="/usr/lib/cyrus/bin/ctl_cyrusdb -C \(imapd) -r"
            }
            SERVICES {
              imap cmd="\(programs)/usr/lib/cyrus/bin/imapd -C \(imapd) -U 30" listen="127.0.0.1:\(imapPort)" prefork=0 proto="tcp4"
              lmtp cmd="/usr/lib/cyrus/bin/lmtpd -C \(imapd) -a" listen="127.0.0.1:\(lmtpPort)" prefork=0 proto="tcp4"
            }
            DAEMON {
              idled cmd="\(programs)/usr/lib/cyrus/bin/idled -C \(imapd)"
            }
            EVENTS {
            }

            """
    }

    var imapd: String {
        """
        configdirectory: \(folder)/conf
        partition-default: \(folder)/spool
        defaultpartition: default
        proc_path: \(folder)/proc
        mboxname_lockpath: \(folder)/lock
        lmtpsocket: \(folder)/sock/lmtp
        idlesocket: \(folder)/sock/idle
        notifysocket: \(folder)/sock/notify
        cyrus_user: \(user.name)
        cyrus_group: \(user.group)
        admins: cyrus
        servername: cyrus.example.test
        virtdomains: userid
        defaultdomain: internal
        unixhierarchysep: yes
        altnamespace: yes
        allowplaintext: yes
        sasl_mech_list: PLAIN LOGIN
        sasl_pwcheck_method: auxprop
        sasl_auxprop_plugin: sasldb
        sasl_sasldb_path: \(folder)/sasl/sasldb2
        sasl_minimum_layer: 0
        conversations: yes
        autocreate_quota: 0
        autocreate_users: anyone
        autocreate_post: yes
        autocreate_inbox_folders: Sent | Drafts | Trash | Junk
        autocreate_subscribe_folders: Sent | Drafts | Trash | Junk
        xlist-sent: Sent
        xlist-drafts: Drafts
        xlist-trash: Trash
        xlist-junk: Junk
        httpmodules: caldav
        tls_session_timeout: 0
        imapidlepoll: 1
        sync_log: no
        expunge_mode: delayed
        syslog_prefix: mailcard

        """
    }
}
