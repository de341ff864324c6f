import Foundation
import Glibc

/// The user as whom a server's processes run: ourselves, or an unprivileged one where we are root, since mail servers
/// refuse to read mail as root.
struct PlainUser: Sendable {
    let name: String
    let group: String
    let uid: uid_t
    let gid: gid_t
    /// What to put before a command so that it runs as this user.
    let prefix: [String]

    init(whenRoot name: String, packages: String) throws(TestServerError) {
        if getuid() == 0 {
            guard let entry = getpwnam(name) else {
                throw .notInstalled(program: "the system user \(name)", packages: packages)
            }
            self.name = name
            uid = entry.pointee.pw_uid
            gid = entry.pointee.pw_gid
            prefix = ["/usr/bin/setpriv", "--reuid", name, "--regid", "\(gid)", "--init-groups"]
        } else {
            uid = getuid()
            gid = getgid()
            guard let entry = getpwuid(uid) else {
                throw .unexpected("The user number \(uid) has no name in /etc/passwd.")
            }
            self.name = String(cString: entry.pointee.pw_name)
            prefix = []
        }
        guard let entry = getgrgid(gid) else { throw .unexpected("The group number \(gid) has no name in /etc/group.") }
        group = String(cString: entry.pointee.gr_name)
    }

    /// Gives everything below `path` to this user.
    func own(_ path: String) {
        chown(path, uid, gid)
        guard let all = FileManager.default.enumerator(atPath: path) else { return }
        for case let name as String in all { lchown(path + "/" + name, uid, gid) }
    }
}
