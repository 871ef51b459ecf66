using Fukami.Web;

return await StudyApp.RunAsync(ServeOptions.Of(args), Console.Out, Console.Error);
