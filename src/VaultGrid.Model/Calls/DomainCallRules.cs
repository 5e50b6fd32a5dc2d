using VaultGrid.Model.Certificates;

namespace VaultGrid.Model;

/// <summary>The actions of calls on Domains, and who may make them: whoever has the claim in their certificate, nobody else.</summary>
public static class DomainCallRules
{
    /// <summary>Finds what a call's action needs; <c>call.denied</c> for an unknown action.</summary>
    public static Outcome<DomainOperations> Needed(string action) => action switch
    {
        "domain-create" => DomainOperations.Create,
        "domain-encrypt" => DomainOperations.Encrypt,
        "domain-decrypt" => DomainOperations.Decrypt,
        "domain-sign" => DomainOperations.Sign,
        "domain-rotate" or "domain-retire" => DomainOperations.Rotate,
        _ => new Refusal(RefusalCode.CallDenied, "no call on a Domain has this action"),
    };

    /// <summary>Checks a caller's claims; <c>call.denied</c> where they don't say so.</summary>
    public static Outcome<Done> Check(CallBody call, RoleCertificate caller)
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentNullException.ThrowIfNull(caller);
        if (call.Target is not CallTarget.OfDomain domain) return new Refusal(RefusalCode.CallDenied, "claims are to Domains, not to keys");
        if (!Needed(call.Action).Is(out var operation, out var refusal)) return refusal;
        return caller.Claims.Permit(domain.Id, operation)
            ? default(Done)
            : new Refusal(RefusalCode.CallDenied, $"the certificate of {caller.Identity} has no claim to '{call.Action}' with Domain {domain.Id}");
    }
}
