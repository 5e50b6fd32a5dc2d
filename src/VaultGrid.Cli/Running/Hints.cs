namespace VaultGrid.Cli.Running;

/// <summary>What a person can do about a refusal, by its code.</summary>
internal static class Hints
{
    public static string? For(string code) => RefusalCodes.TryParse(code, out var known) ? For(known) : null;

    private static string? For(RefusalCode code) => code switch
    {
        RefusalCode.ApprovalQuorum => "collect more approvals with 'vaultgrid approve' and try again; nothing was done",
        RefusalCode.ApprovalInvalid => "the request changed after it was approved, or another request was approved; compare their hashes with 'vaultgrid request show'",
        RefusalCode.ApprovalStranger => "the policy lists its administrators by identity and key; see 'vaultgrid request show' and 'vaultgrid key show'",
        RefusalCode.RequestExpired => "make a new request with 'vaultgrid request new' and have it approved",
        RefusalCode.RequestMalformed => "a request is approved byte by byte: never edit one, make a new one",
        RefusalCode.RequestConflict => "another request was filed under this id; make a new request",
        RefusalCode.PolicySuperseded => "the policy was changed since; make the request anew under the policy in force",
        RefusalCode.StateStale => "bring the cluster up to date with 'vaultgrid cluster sync', then try again",
        RefusalCode.StateConflict => "look at the state in force with 'vaultgrid cluster status' and make the request anew",
        RefusalCode.RevocationsOverdue => "write fresh lists with 'vaultgrid ca refresh-lists' and hand them out with 'vaultgrid ca bundle --publish'",
        RefusalCode.RevocationsMissing => "hand out the lists with 'vaultgrid ca bundle --publish'",
        RefusalCode.StoreSealed => "check the passphrase file; one newline at its end is not part of the passphrase",
        RefusalCode.CallerUnauthenticated or RefusalCode.CallerRefused => "give --client-cert and --client-key of a certificate with the client role, or set them once with 'vaultgrid grid use'",
        RefusalCode.GridUnavailable => "check the address given by --grid, VAULTGRID_GRID or 'vaultgrid grid use', and that the grid runs",
        RefusalCode.GridOverloaded or RefusalCode.EnclaveBusy => "try again in a moment",
        RefusalCode.NodeAdapter => "start the node's enclave with the adapter that is meant ('vaultgrid-enclave --help', docs/adapters.md); nothing was made",
        RefusalCode.EnclaveDetached => "start the node's enclave, then 'vaultgrid cluster sync'",
        _ => null,
    };
}
