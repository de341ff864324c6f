/// The text of a dovecot.conf with which every process runs as one plain user: no chroot, folders of its own, and ports
/// of its own on 127.0.0.1.
struct DovecotConfiguration {
    let folder: String
    let user: PlainUser
    let profile: DovecotServer.Profile
    let ports: DovecotServer.Ports
    let relayPort: Int
    let introspectionPort: Int?
    let certificate: TestCertificate?
    let extra: String

    var text: String {
        """
        base_dir = \(folder)/run
        state_dir = \(folder)/state
        protocols = imap lmtp submission
        listen = 127.0.0.1
        default_login_user = \(user.name)
        default_internal_user = \(user.name)
        default_internal_group = \(user.group)
        log_path = \(folder)/log
        info_log_path = \(folder)/log
        \(tls)
        disable_plaintext_auth = no
        auth_mechanisms = plain login\(introspectionPort == nil ? "" : " xoauth2 oauthbearer")
        auth_failure_delay = 0
        mail_location = maildir:\(folder)/mail/%u
        mail_uid = \(user.name)
        mail_gid = \(user.group)
        first_valid_uid = 1
        first_valid_gid = 1
        mail_fsync = never
        mail_max_userip_connections = 1000
        mailbox_idle_check_interval = 1 secs
        hostname = mail.example.test
        submission_relay_host = 127.0.0.1
        submission_relay_port = \(relayPort)
        submission_relay_trusted = yes
        passdb {
          driver = passwd-file
          args = scheme=PLAIN username_format=%u \(folder)/users
        }
        \(oauth)
        userdb {
          driver = static
          args = uid=\(user.name) gid=\(user.group) home=\(folder)/mail/%u
        }
        service anvil {
          chroot =
          unix_listener anvil-auth-penalty {
            mode = 0
          }
        }
        service stats {
          chroot =
        }
        service imap-login {
          chroot =
          service_count = 0
          \(listener("imap", ports.imap))
          \(listener("imaps", ports.imaps))
        }
        service imap {
          process_limit = 2000
          service_count = 100
        }
        service submission-login {
          chroot =
          service_count = 0
          \(listener("submission", ports.submission))
          \(listener("submissions", ports.submissions))
        }
        service lmtp {
          \(listener("lmtp", ports.lmtp))
        }
        namespace inbox {
          inbox = yes
          separator = /
        \(["Sent", "Trash", "Drafts", "Junk"].map(mailbox).joined(separator: "\n"))
        }
        \(capabilities)
        \(extra)

        """
    }

    private func listener(_ name: String, _ port: Int) -> String {
        "inet_listener \(name) {\n    port = \(port)\(name.hasSuffix("s") && name != "lmtps" && certificate != nil ? "\n    ssl = yes" : "")\n  }"
    }

    private func mailbox(_ name: String) -> String {
        let use = profile == .full ? "\n    special_use = \\\(name)" : ""
        return "  mailbox \(name) {\(use)\n    auto = subscribe\n  }"
    }

    private var tls: String {
        guard let certificate else { return "ssl = no" }
        return """
            ssl = yes
            ssl_cert = <\(certificate.certificate.path)
            ssl_key = <\(certificate.key.path)
            """
    }

    private var oauth: String {
        guard introspectionPort != nil else { return "" }
        return """
            passdb {
              driver = oauth2
              mechanisms = xoauth2 oauthbearer
              args = \(folder)/oauth2.conf
            }
            """
    }

    private var capabilities: String {
        switch profile {
        case .full:
            """
            mail_plugins = zlib
            protocol imap {
              mail_plugins = $mail_plugins imap_zlib
            }
            """
        case .minimal:
            "imap_capability = IMAP4rev1 UIDPLUS NAMESPACE ID LITERAL+"
        }
    }

    /// The file that tells Dovecot to ask our ``TokenIntrospection`` about OAuth tokens.
    static func oauth2(port: Int) -> String {
        """
        introspection_url = http://127.0.0.1:\(port)/introspect
        introspection_mode = post
        force_introspection = yes
        username_attribute = email
        active_attribute = active
        active_value = true
        client_id = dovecot
        client_secret = unused
        timeout_msecs = 5000

        """
    }
}
