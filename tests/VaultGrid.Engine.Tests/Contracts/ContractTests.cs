using System.Reflection;
using VaultGrid.Engine.Tests.Hosting;

namespace VaultGrid.Engine.Tests.Contracts;

public sealed class ContractTests
{
    private static readonly Assembly[] Product = [Assembly.Load("VaultGrid.Grains.Contracts"), Assembly.Load("VaultGrid.Grains")];

    [Fact]
    public void Every_grain_contract_follows_the_rules_that_orleans_checks() => Assert.Empty(new ContractRules(Product).Check(everyCallCanBeCancelled: true));

    [Fact]
    public void Every_grain_contract_is_the_one_that_was_recorded() =>
        Recorded.Equals("VaultGrid.Engine.Tests/Contracts/OrleansContracts.txt", "contracts", ContractText.Of(Product));
}
