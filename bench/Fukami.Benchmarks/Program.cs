using BenchmarkDotNet.Running;

// Single kernels and passes under BenchmarkDotNet: dotnet run -c Release --project bench/Fukami.Benchmarks -- --filter '*'
BenchmarkSwitcher.FromAssembly(typeof(Fukami.Benchmarks.ProductBenchmarks).Assembly).Run(args);
