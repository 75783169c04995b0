{% include "case_management/public/js/case_actions.js" %}

case_actions.setup("Client Access Log");
