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
        RefusalCode.FileMalformed => "give a file that 'vaultgrid encrypt' wrote, whole and from its first byte",
        RefusalCode.FileTampered => "nothing was written; fetch the file again from where it was stored, and compare its hash there",
        RefusalCode.FileTruncated => "nothing was written; the transfer of the file can be taken up where it ended, then decrypt again",
        RefusalCode.TrustMalformed or RefusalCode.DomainMalformed => "documents are read as they were written: fetch it again, never edit one",
        RefusalCode.TrustSignature => "somebody changed the Trust, or signed another; compare hashes with 'vaultgrid trust show'",
        RefusalCode.TrustDuplicate => "each operator and each key counts once; take the second one out",
        RefusalCode.TrustStranger => "'vaultgrid trust show' lists who is named: the operators and HSMs of this Trust and of the one before",
        RefusalCode.TrustQuorum => "collect more signatures with 'vaultgrid trust sign', of this Trust's operators and of the one before's",
        RefusalCode.TrustChain => "give the whole chain, from its first Trust; 'vaultgrid trust list --chain' has it",
        RefusalCode.TrustForked => "two Trusts were signed in one place: find out who signed both, then begin a new chain",
        RefusalCode.TrustSuperseded => "ask an HSM that the newest Trust names ('vaultgrid trust chain')",
        RefusalCode.TrustBootstrap => "a Bootstrap Trust serves the operators' own keys alone; make Domains under its successor",
        RefusalCode.TrustRetired => "an HSM that retired from a chain comes back with a new node, never with its old key",
        RefusalCode.TrustUnknown => "file the chain's Trusts with 'vaultgrid trust submit', from the first",
        RefusalCode.DomainInvalid => "the Domain was changed or put together from several; take the grid's with 'vaultgrid domain show ID --out'",
        RefusalCode.DomainForeign => "have the Domain re-wrapped for the newest Trust: 'vaultgrid domain rotate'",
        RefusalCode.DomainUnknown => "give the Domain's file, or hand it to the grid with 'vaultgrid domain store'",
        RefusalCode.DomainUse => "'vaultgrid domain show' says what its master keys are and which versions it holds",
        RefusalCode.CallMalformed or RefusalCode.CallInvalid => "sign the call anew with the key of --client-cert",
        RefusalCode.CallExpired or RefusalCode.CallReplayed => "compare this machine's clock with the grid's ('vaultgrid node status'), then try again",
        RefusalCode.CallDenied => "a Domain: ask for a certificate with the claim, 'vaultgrid ca issue DIR client NAME --claim ID=…'; a shared key: its policy names who may use it, 'vaultgrid hsm keys KEY'; or have it approved, 'vaultgrid request new sign-message'",
        _ => null,
    };
}
