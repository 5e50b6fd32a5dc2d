using System.Security.Cryptography;
using VaultGrid.Crypto;
using VaultGrid.Model.Certificates;
using VaultGrid.Model.Tests.Certificates;
using VaultGrid.Model.Tests.Trusts;

namespace VaultGrid.Model.Tests.Calls;

/// <summary>Calls are admitted once, in time, from whom the certificate lets; each test breaks one thing.</summary>
public sealed class CallTests
{
    private static readonly ForgedGrid Grid = ForgedGrid.Shared;
    private static readonly DateTimeOffset Now = ForgedGrid.Now;
    private static readonly DomainId Domain = new(new Guid("00010203-0405-0607-0809-0a0b0c0d0e0f"));
    private static readonly ForgedCertificate Client = WithClaims(new DomainClaim(Domain, DomainOperations.Encrypt | DomainOperations.Sign));
    private static readonly byte[] Parameters = "parameters"u8.ToArray();
    private static readonly P256PublicKey AnswerKey = P256AgreementKey.Generate().PublicKey;

    private readonly ReplayWindow _window = new(Now.AddDays(-1), 100);

    [Fact]
    public void A_call_with_a_claim_is_admitted_once()
    {
        var call = Signed(Body());
        var admitted = Admit(call).Value;
        Assert.Equal((Client.Identity.Uri, Domain), (admitted.Caller.Identity.Uri, ((CallTarget.OfDomain)admitted.Body.Target).Id));
        Assert.Equal(AnswerKey, admitted.AnswerKey);
        Assert.Equal(RefusalCode.CallReplayed, Admit(call).Refusal?.Code);

        // Another signature over the same body is the same call.
        Assert.Equal(RefusalCode.CallReplayed, Admit(Signed(Body())).Refusal?.Code);
    }

    [Theory]
    [InlineData("domain-decrypt")]
    [InlineData("domain-rotate")]
    [InlineData("domain-create")]
    [InlineData("domain-everything")]
    public void What_no_claim_allows_is_denied(string action) => Refused(RefusalCode.CallDenied, Signed(Body() with { Action = action }));

    [Fact]
    public void Another_Domain_a_key_or_a_client_without_claims_is_denied()
    {
        Refused(RefusalCode.CallDenied, Signed(Body() with { Target = new CallTarget.OfDomain(new DomainId(Guid.Empty)) }));
        Refused(RefusalCode.CallDenied, Signed(Body() with { Target = new CallTarget.Key(default) }));
        Refused(RefusalCode.CallDenied, Signed(Body(), Grid.Client));
    }

    [Fact]
    public void Only_clients_call()
    {
        foreach (var other in new[] { Grid.Admin, Grid.Operator, Grid.Relay, Grid.Device }) Refused(RefusalCode.CertificateRole, Signed(Body(), other));
    }

    [Fact]
    public void A_revoked_client_is_refused()
    {
        var list = Grid.RelayCa.List(2, Now, (Client.Serial, Now));
        Assert.Equal(RefusalCode.CertificateRevoked, Admit(Signed(Body()), Grid.Trusted.TryAdd(ForgedGrid.Lists(list), Now).Value).Refusal?.Code);
    }

    [Theory]
    [InlineData(-1, RefusalCode.CallExpired)]
    [InlineData(0, null)]
    [InlineData(300, null)]
    [InlineData(301, RefusalCode.CallExpired)]
    public void A_call_lives_at_most_five_minutes(int seconds, RefusalCode? expected) =>
        Assert.Equal(expected, Admit(Signed(Body() with { Expires = Now.AddSeconds(seconds) })).Refusal?.Code);

    [Fact]
    public void Other_bytes_than_those_signed_are_refused()
    {
        var call = Signed(Body());
        Refused(RefusalCode.CallInvalid, call with { Body = (Body() with { Action = "domain-sign" }).ToBytes() });
        Refused(RefusalCode.CallInvalid, Signed(Body() with { Parameters = CallBody.HashOf("others"u8) }));
        Refused(RefusalCode.RequestCluster, Signed(Body() with { Cluster = new ClusterId(2) }));
        Refused(RefusalCode.CallInvalid, call with { Certificate = WithClaims(new DomainClaim(Domain, DomainOperations.All)).Der });
        Refused(RefusalCode.CallMalformed, Signed(Body() with { AnswerKey = new byte[65] }));
        Assert.Equal(0, _window.Count);
    }

    [Fact]
    public void A_window_forgets_what_expired_refuses_more_than_it_holds_and_nothing_it_can_not_know()
    {
        var window = new ReplayWindow(Now, 2);
        Hash256 Name(byte n) => Hash256.Of("test", [n]);
        Assert.Equal(RefusalCode.EnclaveBusy, window.Take(Name(0), Now.AddSeconds(299), Now).Refusal?.Code);
        Assert.Null(window.Take(Name(1), Now.AddSeconds(300), Now).Refusal);
        Assert.Null(window.Take(Name(2), Now.AddSeconds(301), Now.AddSeconds(1)).Refusal);
        Assert.Equal(RefusalCode.EnclaveBusy, window.Take(Name(3), Now.AddSeconds(302), Now.AddSeconds(2)).Refusal?.Code);
        Assert.Equal(RefusalCode.CallReplayed, window.Take(Name(1), Now.AddSeconds(300), Now.AddSeconds(300)).Refusal?.Code);
        Assert.Null(window.Take(Name(3), Now.AddSeconds(400), Now.AddSeconds(301)).Refusal);
        Assert.Equal(2, window.Count);
    }

    [Fact]
    public void One_nonce_of_two_callers_is_two_calls() => Assert.NotEqual(
        ReplayWindow.NameOf(Client.Parsed.Key, new byte[16]), ReplayWindow.NameOf(Grid.Client.Parsed.Key, new byte[16]));

    [Fact]
    public void Claims_stand_in_one_form_and_only_in_a_clients_certificate()
    {
        var claims = ClientClaims.Of([new(Domain, DomainOperations.Decrypt), new(new DomainId(Guid.Empty), DomainOperations.All)]).Value;
        Assert.Equal("3030301604100000000000000000000000000000000003020" + "3f83016041000010203040506070809" + "0a0b0c0d0e0f03020520", Convert.ToHexStringLower(claims.ToDer()));
        Assert.Equal(claims.All, WithClaims([.. claims.All]).Parsed.Claims.All);

        var operatorWithClaims = ForgedGrid.Under(Grid.OperatorCa, CertificateIdentity.Operator(7));
        operatorWithClaims.More.Add((VaultGridOid.ClientClaims, false, claims.ToDer()));
        Assert.Equal(RefusalCode.CertificateRole, RoleCertificate.Parse(operatorWithClaims.Der).Refusal?.Code);

        Assert.Equal(RefusalCode.InputMalformed, ClientClaims.Of([new(Domain, DomainOperations.None)]).Refusal?.Code);
        Assert.Equal(RefusalCode.InputMalformed, ClientClaims.Of([new(Domain, DomainOperations.Sign), new(Domain, DomainOperations.Sign)]).Refusal?.Code);
        Assert.Equal(RefusalCode.InputTooLarge, ClientClaims.Of(Many(ClientClaims.Limit + 1)).Refusal?.Code);
        Assert.Equal(ClientClaims.Limit, WithClaims([.. Many(ClientClaims.Limit)]).Parsed.Claims.All.Count());
    }

    [Fact]
    public void Damaged_claims_are_refused_or_mean_what_they_say()
    {
        var (seed, good) = (Environment.TickCount, ClientClaims.Of(Many(3)).Value.ToDer());
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (var round = 0; round < 300; round++)
        {
            var bytes = good.ToArray();
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            var certificate = ForgedGrid.Under(Grid.RelayCa, CertificateIdentity.Client("c").Value);
            certificate.More.Add((VaultGridOid.ClientClaims, false, bytes));
            if (RoleCertificate.Parse(certificate.Der).Is(out var parsed, out var refusal)) Assert.Equal(bytes, parsed.Claims.ToDer());
            else Assert.Equal(RefusalCode.CertificateMalformed, refusal.Code);
        }
    }

    [Fact]
    public void Damaged_calls_are_refused_or_read_back_the_same()
    {
        var (seed, good) = (Environment.TickCount, Body().ToBytes());
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (var round = 0; round < 20_000; round++)
        {
            var bytes = random.Next(4) == 0 ? good[..random.Next(good.Length)] : good.ToArray();
            if (bytes.Length > 0) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            if (CallBody.Parse(bytes).Is(out var body, out var refusal)) Assert.Equal(bytes, body.ToBytes());
            else Assert.Equal(RefusalCode.CallMalformed, refusal.Code);
        }
    }

    private static IEnumerable<DomainClaim> Many(int count) => Enumerable.Range(0, count).Select(
        i => new DomainClaim(DomainId.FromRandom(SHA256.HashData([(byte)i]).AsSpan(0, 16)), DomainOperations.Encrypt));

    private static ForgedCertificate WithClaims(params DomainClaim[] claims)
    {
        var client = ForgedGrid.Under(Grid.RelayCa, CertificateIdentity.Client("app").Value);
        client.More.Add((VaultGridOid.ClientClaims, false, ClientClaims.Of(claims).Value.ToDer()));
        return client;
    }

    private static CallBody Body() => new()
    {
        Action = "domain-encrypt", Target = new CallTarget.OfDomain(Domain), Cluster = new ClusterId(1), Parameters = CallBody.HashOf(Parameters),
        Expires = Now.AddMinutes(2), Nonce = new byte[CallBody.NonceLength], AnswerKey = AnswerKey.Bytes.ToArray(),
    };

    private static SignedCall Signed(CallBody body, ForgedCertificate? caller = null) =>
        new(body.ToBytes(), (caller ?? Client).Der, TrustGrid.Sign(caller ?? Client, CallBody.Statement(body.ToBytes())));

    private Outcome<AdmittedCall> Admit(SignedCall call, TrustedAuthorities? authorities = null) => CallCheck.Admit(
        call, Parameters, new ClusterId(1), Now, authorities ?? Grid.Trusted, new CertificateCache(), DomainCallRules.Check, _window);

    private void Refused(RefusalCode expected, SignedCall call) => Assert.Equal(expected, Admit(call).Refusal?.Code);
}
