// Makes pages nicer; no page needs it. Loaded as a module, so it runs when the page is complete.
import {
  createAll,
  Accordion,
  Button,
  CharacterCount,
  Checkboxes,
  ErrorSummary,
  ExitThisPage,
  NotificationBanner,
  PasswordInput,
  Radios,
  ServiceNavigation,
  SkipLink,
  Tabs,
} from "govuk-frontend";
import { Alert, ButtonMenu, SortableTable } from "@ministryofjustice/frontend";
import { keepDrafts } from "./drafts.js";
import { offerDrawing } from "./drawing.js";
import { submitOnChange } from "./filters.js";
import { openForPrint } from "./print.js";

// GOV.UK Frontend looks for this class; its own snippet is an inline script, which our content security policy forbids.
document.body.classList.add("js-enabled", "govuk-frontend-supported");

const parts = [
  Accordion,
  Button,
  CharacterCount,
  Checkboxes,
  ErrorSummary,
  ExitThisPage,
  NotificationBanner,
  PasswordInput,
  Radios,
  ServiceNavigation,
  SkipLink,
  Tabs,
  Alert,
  ButtonMenu,
  SortableTable,
];
for (const part of parts) {
  // One part with bad markup must not stop the others.
  createAll(part, undefined, { onError: (error) => console.error(error) });
}

keepDrafts(document);
offerDrawing(document);
submitOnChange(document);
openForPrint(window);
