import { Inbox, InboxContent } from '@novu/react';
import { dark } from '@novu/react/themes';
import { createRoot } from 'react-dom/client';

const { theme, wholePage, ...props } = window.inbox;
if (theme === 'dark') props.appearance = { baseTheme: dark };
if (wholePage) props.children = <InboxContent />;
createRoot(document.getElementById('root')).render(<Inbox {...props} />);
