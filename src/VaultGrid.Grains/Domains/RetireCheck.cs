using VaultGrid.Model.Certificates;

namespace VaultGrid.Grains.Domains;

/// <summary>Whether a caller may have a Domain retired. No secret is used, so the grid itself checks the call; doing it twice comes to the same.</summary>
internal static class RetireCheck
{
    public static Outcome<Done> Admit(
        SignedCall call, ReadOnlySpan<byte> parameters, DomainReport domain, TrustedAuthorities authorities, CertificateCache certificates, DateTimeOffset now)
    {
        if (!CallBody.Parse(call.Body.Span).Is(out var body, out var refusal)) return refusal;
        if (body.Target is not CallTarget.OfDomain target || target.Id != domain.Domain) return new Refusal(RefusalCode.CallInvalid, $"the call is not for Domain {domain.Domain}");
        if (!DomainParameters.Parse(parameters).Is(out var parsed, out refusal)) return refusal;
        if (parsed is not DomainParameters.Retire retire || body.Action != retire.Action) return new Refusal(RefusalCode.CallMalformed, "the call's parameters are not those of a retirement");
        if (retire.Keys != domain.Keys) return new Refusal(RefusalCode.StateConflict, $"Domain {domain.Domain} is at revision {domain.Revision} by now: read it and ask again");

        var latest = now < authorities.HighestSignedTime ? authorities.HighestSignedTime : now;
        var window = new ReplayWindow(latest - CallBody.LongestLife, capacity: 1);
        return CallCheck.Admit(call, parameters, body.Cluster, latest, authorities, certificates, DomainCallRules.Check, window).Then<Done>(_ => default(Done));
    }
}
