using VaultGrid.Crypto;
using VaultGrid.Model.Certificates;

namespace VaultGrid.Model.Tests.Trusts;

public sealed class RetirementTests
{
    private static readonly TrustGrid Grid = TrustGrid.Shared;

    internal static Retirement Of(TrustGrid grid, Trust trust, int hsm)
    {
        var (wrapKey, time) = (grid.WrapKeys[hsm].Public.Hash, TrustGrid.Now.AddHours(3));
        var signature = TrustGrid.Sign(grid.Hsms[hsm], Retirement.Statement(trust.Body.Id, trust.Hash, wrapKey, time));
        return new Retirement(trust.Body.Id, trust.Hash, wrapKey, new HsmSeal(grid.Hsms[hsm].Parsed, time, signature));
    }

    [Fact]
    public void A_retirement_is_the_HSMs_own_word()
    {
        var first = Grid.First();
        var retirement = Of(Grid, first, 2);
        var again = Retirement.Parse(retirement.ToBytes(), new CertificateCache()).Value;
        Assert.Null(again.Check(first, Grid.Grid.Trusted).Refusal);
        Assert.Equal(RefusalCode.TrustSignature, (again with { Trust = Hash256.Of("test", "other"u8) }).Check(first, Grid.Grid.Trusted).Refusal?.Code);
        Assert.Equal(RefusalCode.TrustStranger, (again with { WrapKey = Grid.WrapKeys[0].Public.Hash }).Check(first, Grid.Grid.Trusted).Refusal?.Code);
        Assert.Equal(RefusalCode.TrustStranger, again.Check(Grid.Second(first), Grid.Grid.Trusted).Refusal?.Code);
        var another = Of(Grid, first, 1).Seal;
        Assert.Equal(RefusalCode.TrustStranger, (again with { Seal = another }).Check(first, Grid.Grid.Trusted).Refusal?.Code);
    }
}
