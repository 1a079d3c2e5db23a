/** Why nothing came of a touch, and what to do instead: the server says why, this page knows what else there is. */

import { msg, t } from "/static/web/js/words.js";

const INSTEAD = {
  quota_used: msg("Choose another service, or ask at the service desk"),
  service_suspended: msg("Numbers taken earlier today remain valid"),
  hall_closed: msg("Numbers taken earlier today remain valid"),
  identity_needed: msg("Please take your number at the service desk with your ID card"),
  unknown_appointment: msg("Check the digits and try again, or ask at the service desk"),
  several_appointments: msg("The code is in the message you got when you booked"),
  too_many_guesses: msg("The booking code of eight digits still works here"),
  not_today: msg("For today, please take an ordinary number"),
  home_visit: msg("Questions? Please ask at the service desk"),
  illegal_booking: msg("Please take an ordinary number, or ask at the service desk"),
  unknown_ticket: msg("Check the number and try again, or ask at the service desk"),
  number_void: msg("Touch Back and take a new number"),
  rejoin_at_desk: msg("Bring your slip; your number is still known there"),
  called_now: msg("They are waiting for you there"),
  not_in_line: msg("Check the number and try again, or ask at the service desk"),
  paper_known: msg("Your slip is lost? The service desk prints another one"),
  papers_enough: msg("Bring your slip; your number is still known there"),
  illegal_transition: msg("Questions? Please ask at the service desk"),
  kiosk_paused: msg("The service desk gives numbers too"),
  wrong_pin: msg("Check the digits and try again"),
  too_many_attempts: msg("Wrong PINs are counted and written down"),
};

const UNKNOWN = ["unknown_ticket", "unknown_appointment"];

/** {main, second, aside} for a strip; `unknown`: what was typed is nowhere to be found. */
export function refusalOf({ status, body }) {
  if (status === 0) {
    return {
      sign: "wifi-off",
      main: t("Offline. Please take a number at the desk."),
      second: t("Your touch may not have counted; touch again when the line is back"),
    };
  }
  const { code, message } = body.error;
  return { main: message, second: INSTEAD[code] ? t(INSTEAD[code]) : code, unknown: UNKNOWN.includes(code) };
}
