using VaultGrid.Model.Certificates;

namespace VaultGrid.Model.Tests.Trusts;

/// <summary>An HSM's keys for a chain, as operators collect them.</summary>
public sealed class HsmKeyTests
{
    private readonly TrustGrid _grid = TrustGrid.Shared;

    [Fact]
    public void It_reads_as_it_was_written_and_counts_with_its_certificate()
    {
        var key = new HsmKey(TrustGrid.Id, _grid.Hsm(0));
        var read = HsmKey.Parse(key.ToBytes(), new CertificateCache()).Value;
        Assert.Equal(key.ToBytes(), read.ToBytes());
        Assert.Equal((TrustGrid.Id, _grid.Self(0)), (read.Chain, read.Hsm.Signatory));
        Assert.Null(read.Check(_grid.Grid.Trusted, TrustGrid.Now).Refusal);
    }

    [Fact]
    public void A_wrap_key_is_signed_for_its_chain_by_a_device_whose_certificate_counts()
    {
        var other = TrustId.FromRandom([.. Enumerable.Range(1, 16).Select(i => (byte)i)]);
        Assert.Equal(RefusalCode.TrustSignature, Check(new HsmKey(other, _grid.Hsm(0))));
        Assert.Equal(RefusalCode.TrustSignature, Check(new HsmKey(TrustGrid.Id, _grid.Hsm(0) with { WrapKey = _grid.WrapKeys[1].Public })));
        Assert.Equal(RefusalCode.CertificateRole, Check(new HsmKey(TrustGrid.Id, TrustGrid.Hsm(_grid.Operators[0], _grid.WrapKeys[0].Public))));
        Assert.Equal(RefusalCode.CertificateExpired, new HsmKey(TrustGrid.Id, _grid.Hsm(0)).Check(_grid.Grid.Trusted, TrustGrid.Now.AddYears(20)).Refusal?.Code);
    }

    [Fact]
    public void Another_version_and_what_is_left_over_are_malformed()
    {
        var bytes = new HsmKey(TrustGrid.Id, _grid.Hsm(0)).ToBytes();
        Assert.Equal(RefusalCode.TrustMalformed, HsmKey.Parse([(byte)(HsmKey.Version + 1), .. bytes.Skip(1)], new CertificateCache()).Refusal?.Code);
        Assert.Equal(RefusalCode.TrustMalformed, HsmKey.Parse([.. bytes, 0], new CertificateCache()).Refusal?.Code);
        Assert.Equal(RefusalCode.TrustMalformed, HsmKey.Parse(bytes.AsSpan(0, bytes.Length - 1), new CertificateCache()).Refusal?.Code);
    }

    private RefusalCode? Check(HsmKey key) => key.Check(_grid.Grid.Trusted, TrustGrid.Now).Refusal?.Code;

    [Theory]
    [InlineData("0b8e9a5e-7b1c-4c52-9a0e-3f7f2f0c9d11", true)]
    [InlineData("0B8E9A5E-7B1C-4C52-9A0E-3F7F2F0C9D11", false)]
    [InlineData("0b8e9a5e7b1c4c529a0e3f7f2f0c9d11", false)]
    [InlineData("{0b8e9a5e-7b1c-4c52-9a0e-3f7f2f0c9d11}", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Ids_have_one_spelling(string? text, bool isOne)
    {
        Assert.Equal((isOne, isOne), (TrustId.TryParse(text, out var trust), DomainId.TryParse(text, out var domain)));
        Assert.Equal((isOne ? text : default(TrustId).ToString(), isOne ? text : default(DomainId).ToString()), (trust.ToString(), domain.ToString()));
    }
}
