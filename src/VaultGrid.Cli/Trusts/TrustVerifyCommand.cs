using System.CommandLine;
using VaultGrid.Cli.Requests;
using VaultGrid.Model.Certificates;

namespace VaultGrid.Cli.Trusts;

/// <summary>Verifies every signature of a Trust and of the chain before it, here, by the same code as an enclave.</summary>
internal sealed class TrustVerifyCommand : LeafCommand
{
    private readonly TrustInput _trust = new();
    private readonly ChainInput _chain = new();

    public TrustVerifyCommand()
        : base("verify", "Verify all signatures of a Trust and of the chain before it, by your own copy of the root", "vaultgrid trust verify trust-2.json --before trust-1.json --authorities authorities.pem")
    {
        Arguments.Add(_trust.Argument);
        foreach (var option in new Option[] { _trust.Authorities }.Concat(_chain.All)) Options.Add(option);
    }

    protected override async Task<Report> RunAsync(Invocation run)
    {
        var trust = await _trust.ReadAsync(run);
        var chain = await _chain.VerifyAsync(run, trust, first: null, _trust.Trusted(run));
        var json = TrustText.Json(trust);
        json["verified"] = true;
        return TrustText.Fill(new Report(json).Line($"verified: {chain.Trusts.Length} Trust{(chain.Trusts.Length == 1 ? "" : "s")}, every signature"), trust, null)
            .Field("the chain begins with", chain.First);
    }
}

/// <summary>The Trusts before one: from files, else from the grid; and the administrators' policies for chains that begin with a Bootstrap Trust.</summary>
internal sealed class ChainInput
{
    private readonly Option<string[]> _before = new("--before") { Description = "Files of the Trusts before it, from the first (else the grid's); may be given again", HelpName = "FILE", DefaultValueFactory = _ => [] };
    private readonly Option<string[]> _admins = new("--admins") { Description = "The administrators' policy, where the chain begins with a Bootstrap Trust; may be given again", HelpName = "FILE", DefaultValueFactory = _ => [] };

    public IEnumerable<Option> All => [_before, _admins];

    /// <summary>Verifies the chain up to a Trust; <paramref name="first"/> is the hash that it must begin with, where a document names one.</summary>
    public async Task<TrustChain> VerifyAsync(Invocation run, Trust trust, Hash256? first, TrustedAuthorities authorities)
    {
        var policies = run.Get(_admins).Select(AdminsInForce.Read).ToList();
        var verifier = new TrustVerifier(authorities, hash => policies.FirstOrDefault(policy => policy.Hash() == hash), new CertificateCache());
        var trusts = run.Get(_before).Select(TrustFile.Read).ToList();
        if (trusts.Count == 0 && trust.Body.Number > 1) trusts = await OfGridAsync(run, trust);
        trusts.Add(trust);
        return TrustChain.Verify(trusts, first ?? trusts[0].Hash, verifier).OrEnd();
    }

    private static async Task<List<Trust>> OfGridAsync(Invocation run, Trust trust)
    {
        if (!run.HasGrid) throw CommandEndedException.Usage("neither --before nor --grid is given", $"Trust {trust.Body.Number} counts only with the ones before it");
        var trusts = new List<Trust>();
        for (var hash = trust.Body.Predecessor; hash is { } named; hash = trusts[0].Body.Predecessor)
            trusts.Insert(0, await TrustInput.ReadAsync(run, named.ToString()));
        return trusts;
    }
}
