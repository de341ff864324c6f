/// What a client finds at `/{tenant}/v2.0/.well-known/openid-configuration` (OpenID Connect Discovery 1.0).
enum OpenIDConfiguration {
    static func document(base: String, tenant: String, tenantID: String) -> JSONValue {
        let root = "\(base)/\(tenant)"
        return [
            "token_endpoint": "\(root)/oauth2/v2.0/token",
            "token_endpoint_auth_methods_supported": ["client_secret_post", "client_secret_basic"],
            "jwks_uri": "\(root)/discovery/v2.0/keys",
            "response_modes_supported": ["query", "fragment", "form_post"],
            "subject_types_supported": ["pairwise"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "response_types_supported": ["code"],
            "scopes_supported": ["openid", "profile", "email", "offline_access"],
            "issuer": "\(base)/\(["common", "organizations"].contains(tenant) ? "{tenantid}" : tenantID)/v2.0",
            "request_uri_parameter_supported": false,
            "authorization_endpoint": "\(root)/oauth2/v2.0/authorize",
            "http_logout_supported": true,
            "end_session_endpoint": "\(root)/oauth2/v2.0/logout",
            "claims_supported": [
                "sub", "iss", "aud", "exp", "iat", "nonce", "preferred_username", "name", "tid", "ver", "email",
            ],
            "tenant_region_scope": .null,
        ]
    }
}
