"""The windows. How a screen is made:

1. A screen is a plain class in `screens/`, one file each, derived from `screens.screen.Screen`, with a row in
   `places.PLACES` (its name -> where its class is, imported only when somebody goes there).
2. `Screen(context, **what `go` was given)`. It says its `title`, makes its content in `build()` (called once
   for every showing; the frame scrolls it and keeps it at most 1,100 px wide), and says its `main_action()`
   (lower reading end, Enter) and `back()` (lower reading start, Alt+arrow). When either changes it calls
   `context.refresh()`. `commands()` gives what other keys do here (`actions.COMMANDS`).
3. What a screen decides stands in `presenters/` without Qt; what it stores goes through `services`. Services
   are imported inside the function that uses them: the window must be there before they are.
4. Long work goes through `context.background.run(...)`: a plain callable in, its result back on the main
   thread. Nothing else knows threads.
5. Every text is `context.say("English source", name=value)`; errors go to `context.show_error(error)`.
6. Widgets come from `widgets/`; they carry their own fonts, sizes, colours and accessible names. Text in
   another language than the interface's: `words_in(text, tag, kind=...)` gives it its font and direction. Lay
   out with start and end, never left and right: everything mirrors.
7. Colour never speaks alone, and nothing stands on the screen that a person across the desk should not read.
"""
